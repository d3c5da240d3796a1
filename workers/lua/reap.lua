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
local function between(low, high, most)
  return redis.call('ZRANGEBYSCORE', KEYS[4], low, high, 'LIMIT', 0, most)
end
-- Where the server's clock was set back, leases end later than any can, and hints come from a time
-- that is still to be: both are over.
local longest = tonumber(redis.call('HGET', KEYS[1], 'lease') or '0')
local never = between('(' .. (now + longest), '+inf', ARGV[3])
local how = closing(KEYS[1], now)
if how then
  for _, chunks in ipairs({between('-inf', now, ARGV[3]), never}) do
    for _, chunk in ipairs(chunks) do
      close(KEYS, chunk, tonumber(redis.call('ZSCORE', KEYS[4], chunk)), how)
    end
  end
  finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[5]))
  return {0, 0}
end
local expired = between('(0', now, ARGV[3])
for _, chunk in ipairs(expired) do
  give_back(KEYS, chunk, 1, now)
  if ARGV[6] == '1' then redis.call('HINCRBY', KEYS[5], chunk, -1) end
end
for _, chunk in ipairs(never) do
  give_back(KEYS, chunk, 1, now)
  redis.call('HINCRBY', KEYS[5], chunk, -1)
end
local send = between(0, 0, ARGV[3])
-- The oldest hints first: all get their turn, however few are named at a look.
local oldest = '(' .. (-(now - ARGV[2]))
local lost = redis.call('ZREVRANGEBYSCORE', KEYS[4], '(0', oldest, 'LIMIT', 0, ARGV[4])
for _, chunk in ipairs(between('-inf', '(' .. -now, ARGV[4] - #lost)) do lost[#lost + 1] = chunk end
for _, chunk in ipairs(lost) do send[#send + 1] = chunk end
return {#expired + #never, #lost, unpack(send)}
