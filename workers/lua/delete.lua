-- Remove a batch that has ended, with every key.
-- ARGV: batch id
-- Returns the state before; 'gone' if there is no such batch.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return 'gone' end
-- A state that no move leads out of is final.
if next(LEGAL[state]) then return state end
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6])
redis.call('ZREM', KEYS[8], ARGV[1])
return state
