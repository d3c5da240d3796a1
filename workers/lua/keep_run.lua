-- Lengthen the lease of a run that the scheduler still holds. One that another has had meanwhile is
-- not taken again: what was found for it is not what it goes on with.
-- KEYS: run
-- ARGV: token of the scheduler, lease in ms, the load that the scheduler is about to commit or ''
-- Returns 1, or 0 if it is not held any more.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'lease', now_ms() + ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'load', ARGV[3]) end
return 1
