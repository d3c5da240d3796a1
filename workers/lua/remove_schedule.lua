-- Remove a schedule with its runs, what they found, and what it remembers.
-- KEYS: schedules, their instants, open runs, the schedule's runs, then what it remembers
-- ARGV: name, what keys of its runs and of what they found begin with
-- Returns whether there was such a schedule: 1, or 0.
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
for _, slot in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do
  local token = redis.call('HGET', ARGV[2] .. slot, 'findings')
  if token then redis.call('UNLINK', ARGV[3] .. token) end
  redis.call('UNLINK', ARGV[2] .. slot)
  redis.call('SREM', KEYS[3], ARGV[1] .. '|' .. slot)
end
for index = 4, #KEYS do redis.call('UNLINK', KEYS[index]) end
return 1
