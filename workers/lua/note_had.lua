-- Note marks of what a schedule has had, if the scheduler still holds the run: what a run found whose
-- schedule was removed meanwhile is not what another one of its name has had.
-- KEYS: run, the marks
-- ARGV: token, the instant in s, until when marks are forgotten, TTL in s, most marks or 0, then marks
-- Returns 1, or 0 if the run is not held any more.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
for index = 6, #ARGV do redis.call('ZADD', KEYS[2], ARGV[2], ARGV[index]) end
local most = tonumber(ARGV[5])
if most > 0 then redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -most - 1) end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
