-- Lease a chunk to a worker.
-- KEYS: meta, inp, len, pend, att, res, open, batches
-- ARGV: chunk, lease in ms
-- Returns 'claimed', attempts, options and items; or why not: 'finished' (or the batch is gone),
-- 'leased' by somebody, 'closed' when the batch is being cancelled.
local score = redis.call('ZSCORE', KEYS[4], ARGV[1])
if not score then return {'finished'} end
score = tonumber(score)
local now = now_ms()
if score > now then return {'leased'} end
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'cancelling' then return {'closed'} end
if state == 'queued' then
  move(KEYS[1], 'in_progress')
  redis.call('HSET', KEYS[1], 'in_progress_at', now)
end
-- An expired lease is counted as processing already.
if score <= 0 then
  recount(KEYS[1], 'queued', 'processing', redis.call('HGET', KEYS[3], ARGV[1]))
end
redis.call('ZADD', KEYS[4], now + ARGV[2], ARGV[1])
local attempts = redis.call('HINCRBY', KEYS[5], ARGV[1], 1)
return {'claimed', attempts, redis.call('HGET', KEYS[1], 'options') or '{}',
  redis.call('HGET', KEYS[2], ARGV[1])}
