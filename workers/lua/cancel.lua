-- Cancel a batch: what waits ends now, what is leased may finish. A large one takes several calls, so
-- that others get their turn in between; from the first on nothing of it can be claimed.
-- ARGV: batch id, results TTL in s, most chunks to end now
-- Returns the state before, 'gone' if there is no such batch; and the number of chunks that ended.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return {'gone', 0} end
local now = now_ms()
if state == 'queued' or state == 'in_progress' then
  move(KEYS[1], 'cancelling')
  redis.call('HSET', KEYS[1], 'cancelling_at', now)
elseif state ~= 'cancelling' then
  return {state, 0}
end
local chunks = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now, 'LIMIT', 0, ARGV[3])
for _, chunk in ipairs(chunks) do
  close(KEYS, chunk, tonumber(redis.call('ZSCORE', KEYS[4], chunk)), 'cancelled')
end
finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[2]))
return {state, #chunks}
