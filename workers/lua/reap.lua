-- Return expired leases of one batch to the queue, name the chunks that need a fresh hint, and end
-- what nobody works on once the batch is being cancelled or has expired.
-- ARGV: batch id, age in ms from which a hint counts as lost, most chunks to look at, results TTL,
-- 1 if leases ended because Redis was away, which is no fault of their chunks
-- Returns the number of leases that had expired, then the chunks to send hints for.
if redis.call('EXISTS', KEYS[1]) == 0 then
  leave_open(KEYS, ARGV[1], tonumber(ARGV[4]))
  return {0}
end
local now = now_ms()
local most = tonumber(ARGV[3])
local function between(low, high, limit)
  return redis.call('ZRANGEBYSCORE', KEYS[4], low, high, 'LIMIT', 0, limit)
end
local how = closing(KEYS[1], now)
if how then
  for _, chunk in ipairs(between('-inf', now, most)) do
    close(KEYS, chunk, tonumber(redis.call('ZSCORE', KEYS[4], chunk)), how)
  end
  finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[4]))
  return {0}
end
local send = {}
for _, chunk in ipairs(between('(0', now, most)) do
  give_back(KEYS, chunk, 1, now)
  if ARGV[5] == '1' then redis.call('HINCRBY', KEYS[5], chunk, -1) end
  send[#send + 1] = chunk
end
local expired = #send
for _, chunk in ipairs(between('(' .. (-(now - ARGV[2])), 0, most - expired)) do
  redis.call('ZADD', KEYS[4], -now, chunk)
  send[#send + 1] = chunk
end
return {expired, unpack(send)}
