-- Write a schedule together with the instant that its slots begin after, unless another was quicker.
-- KEYS: schedules, their instants
-- ARGV: name, the schedule, instant in ms or '' to keep it, the schedule as it was read, or '' if the
-- name has to be new
-- Returns whether it was written: 1, or 0 if there is another by now, or none.
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[4] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[2], ARGV[1], ARGV[3]) end
return 1
