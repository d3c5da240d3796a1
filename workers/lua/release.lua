-- Give a leased chunk back to the queue before its lease ends.
-- ARGV: batch id, chunk, what ended the attempt, results TTL in s, the claim's token or its beginning
-- Returns 1 if it waits for a hint again, 0 if that claim does not hold it or it has ended.
local score = redis.call('ZSCORE', KEYS[4], ARGV[2])
if not score or tonumber(score) <= 0 then return 0 end
if not is_held(KEYS, ARGV[2], ARGV[5]) then return 0 end
local now = now_ms()
if give_back(KEYS, ARGV[2], tonumber(score), now) then
  redis.call('HSET', KEYS[5], ARGV[2] .. ':cause', ARGV[3])
  return 1
end
finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[4]))
return 0
