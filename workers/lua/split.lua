-- Replace a chunk that keeps killing its worker by single items, so that only the guilty fail.
-- ARGV: batch id, chunk, results TTL in s, the load that the batch came of, then pairs of item index
-- and blob
-- Returns the number of chunks that wait for a hint now, 0 if the chunk was finished or split before.
local score = redis.call('ZSCORE', KEYS[4], ARGV[2])
if not score or not is_same(KEYS, ARGV[4]) then return 0 end
local n = tonumber(redis.call('HGET', KEYS[3], ARGV[2]))
if n ~= (#ARGV - 4) / 2 then return 0 end
score = tonumber(score)
local now = now_ms()
local how = closing(KEYS[1], now)
if how then
  close(KEYS, ARGV[2], score, how)
  finish_if_done(KEYS, ARGV[1], now, tonumber(ARGV[3]))
  return 0
end
if score > 0 then recount(KEYS[1], 'processing', 'queued', n) end
forget(KEYS, ARGV[2])
-- The first item's index is the old chunk's number: its fields are overwritten.
for index = 5, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1])
  redis.call('HSET', KEYS[3], ARGV[index], 1)
  redis.call('ZADD', KEYS[4], 0, ARGV[index])
end
return n
