-- Make a loaded batch visible: the commit point of a submit.
-- KEYS: the eight, then load inp, load len
-- ARGV: batch id, the load's token, chunks, total, fingerprint, expires after s or '', then further fields of meta
-- Returns 'committed'; or 'exists' when a batch has this id already; and then the fields of meta; or
-- 'incomplete' when the loaded keys have expired in between.
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('UNLINK', KEYS[9], KEYS[10])
  -- A submitter that lost the reply asks again: the batch is its own, and waits for its hints.
  local outcome = redis.call('HGET', KEYS[1], 'load') == ARGV[2] and 'committed' or 'exists'
  return {outcome, unpack(redis.call('HGETALL', KEYS[1]))}
end
if redis.call('HLEN', KEYS[9]) ~= tonumber(ARGV[3])
  or redis.call('HLEN', KEYS[10]) ~= tonumber(ARGV[3]) then
  redis.call('UNLINK', KEYS[9], KEYS[10])
  return {'incomplete'}
end
local now = now_ms()
redis.call('RENAME', KEYS[9], KEYS[2])
redis.call('RENAME', KEYS[10], KEYS[3])
redis.call('PERSIST', KEYS[2])
redis.call('PERSIST', KEYS[3])
-- A queued chunk's score is minus the instant of its last hint; the submitter sends the first now.
for _, chunk in ipairs(redis.call('HKEYS', KEYS[3])) do
  redis.call('ZADD', KEYS[4], -now, chunk)
end
redis.call('HSET', KEYS[1], 'state', 'queued', 'total', ARGV[4], 'queued', ARGV[4],
  'processing', 0, 'succeeded', 0, 'errored', 0, 'cancelled', 0, 'expired', 0,
  'fingerprint', ARGV[5], 'created_at', now,
  'load', ARGV[2])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'expires_at', now + ARGV[6] * 1000) end
for index = 7, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1]) end
redis.call('SADD', KEYS[7], ARGV[1])
redis.call('ZADD', KEYS[8], now, ARGV[1])
redis.call('PERSIST', KEYS[8])
return {'committed', unpack(redis.call('HGETALL', KEYS[1]))}
