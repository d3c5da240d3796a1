-- Lease a chunk to a worker.
-- ARGV: chunk, lease in ms, a token of this one claim
-- Returns 'claimed', the load that the batch came of, attempts, what ended the last attempt or '',
-- number of items, options, items;
-- or why not: 'finished' (or the batch is gone), 'leased' by somebody, 'closed' when the batch is
-- being cancelled or has expired.
local score = redis.call('ZSCORE', KEYS[4], ARGV[1])
if not score then return {'finished'} end
score = tonumber(score)
local now = now_ms()
local owner = ARGV[1] .. ':owner'
-- A client that lost the reply asks again: the lease is its own, and the attempt was counted.
local is_ours = redis.call('HGET', KEYS[5], owner) == ARGV[3]
if score > now and not is_ours then return {'leased'} end
if closing(KEYS[1], now) then return {'closed'} end
begin(KEYS[1], now)
local length = redis.call('HGET', KEYS[3], ARGV[1])
-- An expired lease is counted as processing already.
if score <= 0 then recount(KEYS[1], 'queued', 'processing', length) end
lease(KEYS, ARGV[1], now, ARGV[2])
if not is_ours then redis.call('HINCRBY', KEYS[5], ARGV[1], 1) end
redis.call('HSET', KEYS[5], owner, ARGV[3])
return {'claimed', redis.call('HGET', KEYS[1], 'load') or '', tonumber(redis.call('HGET', KEYS[5], ARGV[1])), redis.call('HGET', KEYS[5], ARGV[1] .. ':cause') or '',
  tonumber(length), redis.call('HGET', KEYS[1], 'options') or '{}',
  redis.call('HGET', KEYS[2], ARGV[1])}
