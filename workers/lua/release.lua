-- Give a leased chunk back to the queue before its lease ends.
-- KEYS: meta, inp, len, pend, att, res, open, batches
-- ARGV: chunk, 1 to refund the attempt (the failure was not the chunk's)
-- Returns 1 if it went back, 0 if it was not leased.
local score = redis.call('ZSCORE', KEYS[4], ARGV[1])
if not score or tonumber(score) <= 0 then return 0 end
redis.call('ZADD', KEYS[4], -now_ms(), ARGV[1])
recount(KEYS[1], 'processing', 'queued', redis.call('HGET', KEYS[3], ARGV[1]))
if ARGV[2] == '1' then redis.call('HINCRBY', KEYS[5], ARGV[1], -1) end
return 1
