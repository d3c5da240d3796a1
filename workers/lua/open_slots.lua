-- Note slots of a schedule as due or missed, each once, and that it was looked at until then.
-- KEYS: schedules, their instants, the schedule's runs, open runs, then one key a slot
-- ARGV: schedule, instant in ms, TTL of ended runs in s, then pairs of slot in ms and state
-- Returns the number of slots that were new; -1 if the schedule was removed meanwhile.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return -1 end
local new = 0
for index = 4, #ARGV, 2 do
  local run = KEYS[4 + (index - 2) / 2]
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
local handled, instant = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0'), tonumber(ARGV[2])
-- An instant that is yet to come was noted while the clock was wrong: no slot would come before it.
local is_wrong = instant > 0 and handled > now_ms()
if instant > handled or is_wrong then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end
return new
