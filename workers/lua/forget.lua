-- Take batches that are gone out of the list; whoever looked before may have seen an older state.
-- KEYS: batches, then meta of each
-- ARGV: the batches' ids
-- Returns how many were gone.
local gone = 0
for index, batch_id in ipairs(ARGV) do
  if redis.call('EXISTS', KEYS[1 + index]) == 0 then
    gone = gone + redis.call('ZREM', KEYS[1], batch_id)
  end
end
return gone
