-- Cancel a batch: what waits ends now, what is leased may finish.
-- ARGV: batch id, results TTL in s
-- Returns the state before; 'gone' if there is no such batch.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return 'gone' end
if state ~= 'queued' and state ~= 'in_progress' then return state end
local now = now_ms()
move(KEYS[1], 'cancelling')
redis.call('HSET', KEYS[1], 'cancelling_at', now)
for _, chunk in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now)) do
  close(KEYS, chunk, tonumber(redis.call('ZSCORE', KEYS[4], chunk)), 'cancelled')
end
finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[2]))
return state
