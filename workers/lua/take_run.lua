-- Lease a run to a scheduler.
-- KEYS: run
-- ARGV: token of the scheduler, lease in ms, '1' to try late outputs now
-- Returns the run's state, or '' if it has ended, is gone, another scheduler holds it, or it is to be
-- tried later.
local OPEN = {due = true, collecting = true, submitted = true, undelivered = true}
local fields = redis.call('HMGET', KEYS[1], 'state', 'lease', 'owner')
local state, lease, owner = fields[1], tonumber(fields[2] or '0'), fields[3]
local now = now_ms()
if not OPEN[state] then return '' end
local is_pause = not owner and ARGV[3] == '1'
if lease > now and owner ~= ARGV[1] and not is_pause then return '' end
if state == 'due' then
  state = 'collecting'
  redis.call('HSET', KEYS[1], 'state', state, 'started_at', now)
end
redis.call('HSET', KEYS[1], 'lease', now + ARGV[2], 'owner', ARGV[1])
return state
