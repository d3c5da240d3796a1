-- Drop a run whose schedule is gone, with what was noted of the schedule since.
-- KEYS: schedules, their instants, open runs, the schedule's runs, run
-- ARGV: schedule, schedule and slot as one member, what keys of findings begin with
-- Returns 1, or 0 if the schedule is there.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 0 end
local token = redis.call('HGET', KEYS[5], 'findings')
if token then redis.call('UNLINK', ARGV[3] .. token) end
redis.call('UNLINK', KEYS[4], KEYS[5])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[2])
return 1
