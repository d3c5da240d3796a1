-- Shared by every script, put before its body. Server time only: workers' clocks differ.
-- LEGAL (the table of batches.TRANSITIONS) is put before this by the store.

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Move a batch to another state; an illegal move stops the script before it writes anything more.
local function move(meta, to)
  local from = redis.call('HGET', meta, 'state')
  if from == to then return end
  if not (LEGAL[from] and LEGAL[from][to]) then
    error('ILLEGALTRANSITION ' .. tostring(from) .. ' ' .. to)
  end
  redis.call('HSET', meta, 'state', to)
end

-- Move `n` items from one count to another, so that counts sum to the total at every moment.
local function recount(meta, from, to, n)
  redis.call('HINCRBY', meta, from, -n)
  redis.call('HINCRBY', meta, to, n)
end

-- Where the items of an unfinished chunk are counted: a positive score is a lease.
local function counted_as(score)
  if score > 0 then return 'processing' end
  return 'queued'
end

-- Bring a batch to its end if no chunk is left: final state, times to live, out of the open set.
-- keys: meta, inp, len, pend, att, res, open, batches
local function finish_if_done(keys, batch_id, now, results_ttl_s)
  local meta, pend, open, batches = keys[1], keys[4], keys[7], keys[8]
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
  redis.call('SREM', open, batch_id)
  -- The list outlives every batch that stands in it, and has no time to live while one is open.
  if redis.call('EXISTS', open) == 0 and redis.call('TTL', batches) < results_ttl_s then
    redis.call('EXPIRE', batches, results_ttl_s)
  end
end
