-- Store a chunk's results, once: the first finisher wins, counts move with the results.
-- ARGV: batch id, chunk, results, succeeded, errored, the errored items or '', results TTL in s, the
-- claim's token, the load that the batch came of
-- Returns 1 if these results were taken, 0 if the chunk was finished or split before or is gone.
local score = redis.call('ZSCORE', KEYS[4], ARGV[2])
if not score or not is_same(KEYS, ARGV[9]) then return 0 end
local n = ARGV[4] + ARGV[5]
if n ~= tonumber(redis.call('HGET', KEYS[3], ARGV[2])) then
  if not is_held(KEYS, ARGV[2], ARGV[8]) then return 0 end  -- what has its number now is a part of it
  return redis.error_reply('WRONGCOUNT chunk ' .. ARGV[2] .. ' got ' .. n .. ' results')
end
local from = counted_as(tonumber(score))
local now = now_ms()
-- After a restart of Redis the claim may be lost, and the batch look as if nobody had begun.
begin(KEYS[1], now)
redis.call('HSET', KEYS[6], ARGV[2], ARGV[3])
recount(KEYS[1], from, 'succeeded', ARGV[4])
recount(KEYS[1], from, 'errored', ARGV[5])
-- What errored stays for a retry.
if ARGV[6] == '' then redis.call('HDEL', KEYS[2], ARGV[2])
else redis.call('HSET', KEYS[2], ARGV[2], ARGV[6])
end
forget(KEYS, ARGV[2])
finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[7]))
return 1
