-- Replace a chunk that keeps killing its worker by single items, so that only the guilty fail.
-- KEYS: meta, inp, len, pend, att, res, open, batches
-- ARGV: chunk, then pairs of item index and blob
-- Returns the number of chunks made, 0 if the chunk was finished or split before.
local score = redis.call('ZSCORE', KEYS[4], ARGV[1])
local n = redis.call('HGET', KEYS[3], ARGV[1])
if not score or tonumber(n) ~= (#ARGV - 1) / 2 then return 0 end
local now = now_ms()
if counted_as(tonumber(score)) == 'processing' then
  recount(KEYS[1], 'processing', 'queued', n)
end
redis.call('HDEL', KEYS[5], ARGV[1])
-- The first item's index is the old chunk's number: its fields are overwritten.
for index = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1])
  redis.call('HSET', KEYS[3], ARGV[index], 1)
  redis.call('ZADD', KEYS[4], -now, ARGV[index])
end
return n
