-- Lengthen a lease that is still held.
-- ARGV: chunk, lease in ms
-- Returns 1, or 0 if the chunk is leased no more.
local score = redis.call('ZSCORE', KEYS[4], ARGV[1])
if not score or tonumber(score) <= 0 then return 0 end
redis.call('ZADD', KEYS[4], now_ms() + ARGV[2], ARGV[1])
return 1
