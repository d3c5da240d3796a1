-- Store a chunk's results, once: the first finisher wins, counts move with the results.
-- KEYS: meta, inp, len, pend, att, res, open, batches
-- ARGV: batch id, chunk, results, succeeded, errored, results TTL in s
-- Returns 1 if these results were taken, 0 if the chunk was finished before or is gone.
local score = redis.call('ZSCORE', KEYS[4], ARGV[2])
if not score then return 0 end
local n = ARGV[4] + ARGV[5]
if n ~= tonumber(redis.call('HGET', KEYS[3], ARGV[2])) then
  return redis.error_reply('WRONGCOUNT chunk ' .. ARGV[2] .. ' got ' .. n .. ' results')
end
local from = counted_as(tonumber(score))
local now = now_ms()
-- An expired lease may have been returned to the queue before any worker was seen to start.
if redis.call('HGET', KEYS[1], 'state') == 'queued' then
  move(KEYS[1], 'in_progress')
  redis.call('HSET', KEYS[1], 'in_progress_at', now)
end
redis.call('HSET', KEYS[6], ARGV[2], ARGV[3])
recount(KEYS[1], from, 'succeeded', ARGV[4])
recount(KEYS[1], from, 'errored', ARGV[5])
redis.call('ZREM', KEYS[4], ARGV[2])
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('HDEL', KEYS[5], ARGV[2])
finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[6]))
return 1
