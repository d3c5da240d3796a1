-- Shared by every script, put before its body. Server time only: workers' clocks differ.
-- LEGAL (the table of batches.TRANSITIONS) is put before this by the store.
-- `keys` is always, where it is about one batch: meta, inp, len, pend, att, res, open, batches.

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Move a batch to another state; an illegal move stops the script.
local function move(meta, to)
  local from = redis.call('HGET', meta, 'state')
  if from == to then return end
  if not (LEGAL[from] and LEGAL[from][to]) then
    error('ILLEGALTRANSITION ' .. tostring(from) .. ' ' .. to)
  end
  redis.call('HSET', meta, 'state', to)
end

-- A batch is in progress from its first claim on.
local function begin(meta, now)
  if redis.call('HGET', meta, 'state') == 'queued' then
    move(meta, 'in_progress')
    redis.call('HSET', meta, 'in_progress_at', now)
  end
end

-- Move `n` items from one count to another, so that counts sum to the total at every moment.
local function recount(meta, from, to, n)
  if not n then error('DAMAGED: it is not known how many items a chunk holds') end
  if tonumber(n) == 0 then return end  -- Redis 7.0 refuses to add Lua's -0
  redis.call('HINCRBY', meta, from, -n)
  redis.call('HINCRBY', meta, to, n)
end

-- Where the items of an unfinished chunk are counted: a positive score is a lease.
local function counted_as(score)
  if score > 0 then return 'processing' end
  return 'queued'
end

-- Whether a chunk was claimed last by this claim, named by its token or the beginning of it.
local function is_held(keys, chunk, token)
  local owner = redis.call('HGET', keys[5], chunk .. ':owner')
  return owner and owner:sub(1, #token) == token
end

-- Lease a chunk for so many ms; the batch knows its longest lease, as no deadline can be further off.
local function lease(keys, chunk, now, ms)
  redis.call('ZADD', keys[4], now + ms, chunk)
  if tonumber(redis.call('HGET', keys[1], 'lease') or '0') < tonumber(ms) then
    redis.call('HSET', keys[1], 'lease', ms)
  end
end

-- Whether the batch is the one that a worker has claimed a chunk of: its id may have been given
-- again, to another one, after a deletion or its time to live.
local function is_same(keys, load)
  return (redis.call('HGET', keys[1], 'load') or '') == load
end

-- How a batch's chunks end that nobody works on: 'cancelled', 'expired', or nil: not at all.
local function closing(meta, now)
  local fields = redis.call('HMGET', meta, 'state', 'expires_at')
  if fields[1] == 'cancelling' then return 'cancelled' end
  if fields[2] and tonumber(fields[2]) <= now then return 'expired' end
end

-- Forget what an unfinished chunk needed while it was worked on.
local function forget(keys, chunk)
  redis.call('ZREM', keys[4], chunk)
  redis.call('HDEL', keys[5], chunk, chunk .. ':owner', chunk .. ':cause')
end

-- End a chunk without work. Its items stay, for the result lines and for a retry.
local function close(keys, chunk, score, how)
  recount(keys[1], counted_as(score), how, redis.call('HGET', keys[3], chunk))
  redis.call('HSET', keys[6], chunk, how)
  forget(keys, chunk)
end

-- Put a chunk back into the queue, without a hint, or end it if the batch is closing. Returns whether
-- it waits.
local function give_back(keys, chunk, score, now)
  local how = closing(keys[1], now)
  if how then
    close(keys, chunk, score, how)
    return false
  end
  -- The counts first: it is there that a damaged batch stops the script.
  if score > 0 then
    recount(keys[1], 'processing', 'queued', redis.call('HGET', keys[3], chunk))
  end
  redis.call('ZADD', keys[4], 0, chunk)
  return true
end

-- Take a batch out of the open set.
local function leave_open(keys, batch_id, results_ttl_s)
  redis.call('SREM', keys[7], batch_id)
  -- The list outlives every batch that stands in it, and has no time to live while one is open.
  if redis.call('EXISTS', keys[7]) == 0 and redis.call('TTL', keys[8]) < results_ttl_s then
    redis.call('EXPIRE', keys[8], results_ttl_s)
  end
end

-- Bring a batch to its end if no chunk is left: final state, times to live, out of the open set.
local function finish_if_done(keys, batch_id, now, results_ttl_s)
  local meta, pend = keys[1], keys[4]
  if redis.call('EXISTS', pend) == 1 then return end
  local counts = redis.call('HMGET', meta, 'state', 'total', 'succeeded', 'expired')
  local state, total, succeeded = counts[1], tonumber(counts[2]), tonumber(counts[3])
  local final = 'partially_completed'
  if tonumber(counts[4]) > 0 then final = 'expired'
  elseif state == 'cancelling' then final = 'cancelled'
  elseif succeeded == total then final = 'completed'
  elseif succeeded == 0 then final = 'failed'
  end
  move(meta, final)
  redis.call('HSET', meta, 'completed_at', now, 'results_expire_at', now + results_ttl_s * 1000)
  for index = 1, 6 do redis.call('EXPIRE', keys[index], results_ttl_s) end
  leave_open(keys, batch_id, results_ttl_s)
end
