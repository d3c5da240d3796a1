-- Note slots of a schedule as due or missed, each once, and that it was looked at until then.
-- KEYS: schedules, their instants, the schedule's runs, open runs, then one key a slot
-- ARGV: schedule, instant in ms, TTL of ended runs in s, what keys of runs begin with, then pairs of
-- slot in ms and state
-- Returns the number of slots that were new; -1 if the schedule was removed meanwhile.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return -1 end
local new = 0
for index = 5, #ARGV, 2 do
  local run = KEYS[4 + (index - 3) / 2]
  local slot, state = ARGV[index], ARGV[index + 1]
  if redis.call('HSETNX', run, 'state', state) == 1 then
    new = new + 1
    redis.call('ZADD', KEYS[3], slot, slot)
    if state == 'due' then
      redis.call('SADD', KEYS[4], ARGV[1] .. '|' .. slot)
    else
      redis.call('HSET', run, 'ended_at', ARGV[2])
      redis.call('EXPIRE', run, ARGV[3])
    end
  end
end
local now = now_ms()
-- The history forgets runs that have expired: the oldest, more than are added, and not one that is open.
local oldest = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[3] * 1000, 'LIMIT', 0, 500)
for _, slot in ipairs(oldest) do
  if redis.call('EXISTS', ARGV[4] .. slot) == 0 then redis.call('ZREM', KEYS[3], slot) end
end
local handled, instant = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0'), tonumber(ARGV[2])
-- An instant that is yet to come was noted while the clock was wrong: no slot would come before it.
local is_wrong = instant > 0 and handled > now
if instant > handled or is_wrong then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end
return new
