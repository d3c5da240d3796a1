-- Lease a run to a scheduler.
-- KEYS: run
-- ARGV: token of the scheduler, lease in ms
-- Returns the run's state, or '' if it has ended, is gone, or another scheduler holds it.
local fields = redis.call('HMGET', KEYS[1], 'state', 'lease', 'owner')
local state, lease, owner = fields[1], tonumber(fields[2] or '0'), fields[3]
local now = now_ms()
if state ~= 'due' and state ~= 'collecting' and state ~= 'submitted' then return '' end
if lease > now and owner ~= ARGV[1] then return '' end
if state == 'due' then
  state = 'collecting'
  redis.call('HSET', KEYS[1], 'state', state, 'started_at', now)
end
redis.call('HSET', KEYS[1], 'lease', now + ARGV[2], 'owner', ARGV[1])
return state
