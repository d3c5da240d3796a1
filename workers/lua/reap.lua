-- Return expired leases of one batch to the queue, name the chunks that need a fresh hint, and end
-- what nobody works on once the batch is being cancelled or has expired. A chunk is named at every
-- look until its hint is noted as sent: whoever looked before may have been killed in between.
-- ARGV: batch id, age in ms from which a hint counts as lost, most chunks to look at, most lost hints
-- to name, results TTL, 1 if leases ended because Redis was away, which is no fault of their chunks
-- Returns the number of leases that had expired, that of lost hints, then the chunks to send hints for.
if redis.call('EXISTS', KEYS[1]) == 0 then
  leave_open(KEYS, ARGV[1], tonumber(ARGV[5]))
  return {0, 0}
end
local now = now_ms()
local most = tonumber(ARGV[3])
local function between(low, high)
  return redis.call('ZRANGEBYSCORE', KEYS[4], low, high, 'LIMIT', 0, most)
end
local how = closing(KEYS[1], now)
if how then
  for _, chunk in ipairs(between('-inf', now)) do
    close(KEYS, chunk, tonumber(redis.call('ZSCORE', KEYS[4], chunk)), how)
  end
  finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[5]))
  return {0, 0}
end
local expired = between('(0', now)
for _, chunk in ipairs(expired) do
  give_back(KEYS, chunk, 1, now)
  if ARGV[6] == '1' then redis.call('HINCRBY', KEYS[5], chunk, -1) end
end
local send = between(0, 0)
-- The oldest hints first: all get their turn, however few are named at a look.
local oldest = '(' .. (-(now - ARGV[2]))
local lost = redis.call('ZREVRANGEBYSCORE', KEYS[4], '(0', oldest, 'LIMIT', 0, ARGV[4])
for _, chunk in ipairs(lost) do send[#send + 1] = chunk end
return {#expired, #lost, unpack(send)}
