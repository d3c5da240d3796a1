-- Drop the hints that are left when no batch is open: each was of one that has ended. A batch is in
-- the open set before its first hint is sent, so none that is wanted is dropped.
-- KEYS: open, then the lists of hints
if redis.call('EXISTS', KEYS[1]) == 1 then return end
for index = 2, #KEYS do redis.call('UNLINK', KEYS[index]) end
