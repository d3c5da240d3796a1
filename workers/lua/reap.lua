-- Return expired leases of one batch to the queue, and name the chunks that need a fresh hint.
-- KEYS: meta, inp, len, pend, att, res, open, batches
-- ARGV: batch id, age in ms from which a hint counts as lost, most hints to name
-- Returns the numbers of leases that had expired, then the chunks to send hints for.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('SREM', KEYS[7], ARGV[1])
  return {0}
end
local now = now_ms()
local most = tonumber(ARGV[3])
local expired = redis.call('ZRANGEBYSCORE', KEYS[4], '(0', now, 'LIMIT', 0, most)
for _, chunk in ipairs(expired) do
  redis.call('ZADD', KEYS[4], -now, chunk)
  recount(KEYS[1], 'processing', 'queued', redis.call('HGET', KEYS[3], chunk))
end
local send = expired
if #expired < most then
  local oldest = '(' .. (-(now - ARGV[2]))
  local lost = redis.call('ZRANGEBYSCORE', KEYS[4], oldest, 0, 'LIMIT', 0, most - #expired)
  for _, chunk in ipairs(lost) do
    redis.call('ZADD', KEYS[4], -now, chunk)
    send[#send + 1] = chunk
  end
  return {#send - #lost, unpack(send)}
end
return {#send, unpack(send)}
