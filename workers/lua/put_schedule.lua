-- Write a schedule together with the instant that its slots begin after.
-- KEYS: schedules, their instants
-- ARGV: name, the schedule, instant in ms or '' to keep it, '1' if the name has to be new, '0' if known
-- Returns whether it was written: 1, or 0.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[2], ARGV[1], ARGV[3]) end
return 1
