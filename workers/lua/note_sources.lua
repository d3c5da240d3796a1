-- Note what a schedule's sources said last, if the scheduler still holds the run.
-- KEYS: run, what sources said
-- ARGV: token, TTL in s, then pairs of source and what it said
-- Returns 1, or 0 if the run is not held any more.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
for index = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1]) end
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
