-- Note that hints were sent just now for chunks that wait in the queue.
-- ARGV: the chunks
local now = now_ms()
for _, chunk in ipairs(ARGV) do
  local score = redis.call('ZSCORE', KEYS[4], chunk)
  if score and tonumber(score) <= 0 then redis.call('ZADD', KEYS[4], -now, chunk) end
end
