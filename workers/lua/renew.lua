-- Lengthen a lease that is still held.
-- ARGV: chunk, lease in ms, the claim's token
-- Returns 1, or 0 if that claim holds the chunk no more.
local score = redis.call('ZSCORE', KEYS[4], ARGV[1])
if not score or tonumber(score) <= 0 then return 0 end
if not is_held(KEYS, ARGV[1], ARGV[3]) then return 0 end
lease(KEYS, ARGV[1], now_ms(), ARGV[2])
return 1
