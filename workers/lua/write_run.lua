-- Write what became of a run, if the scheduler still holds it, and lay it down.
-- KEYS: run, open runs
-- ARGV: token, schedule and slot as one member, TTL of ended runs in s, what keys of findings begin
-- with, TTL of results in s, then pairs of fields
-- Returns 1, or 0 if another scheduler has taken the run over.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 6))
redis.call('HDEL', KEYS[1], 'owner', 'lease')
local state, now = redis.call('HGET', KEYS[1], 'state'), now_ms()
local token = redis.call('HGET', KEYS[1], 'findings')
if state == 'completed' or state == 'failed' then
  redis.call('HSET', KEYS[1], 'ended_at', now)
  redis.call('SREM', KEYS[2], ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  if token then redis.call('EXPIRE', ARGV[4] .. token, ARGV[5]) end
  return 1
end
-- The batch has no time to live while it is open, nor may what the outputs are made with.
if token then redis.call('PERSIST', ARGV[4] .. token) end
if state == 'undelivered' or state == 'collecting' then
  -- Nobody's until it is tried again: after as long as it is late, one minute to ten.
  local late = now - (redis.call('HGET', KEYS[1], 'started_at') or now)
  redis.call('HSET', KEYS[1], 'lease', now + math.min(math.max(late, 60000), 600000))
end
return 1
