MATCH (r:AnalyticsRun {id: $id})
SET r.id = r.id
WITH r, properties(r) AS was, datetime.realtime('UTC') AS now
WITH r, now, was.status = 'queued' OR (was.status = 'running' AND was.leaseUntil < now) AS idle,
     was.status = 'running' AND was.leaseUntil >= now AS busy
FOREACH (once IN CASE WHEN idle THEN [1] ELSE [] END |
  SET r.status = 'cancelled', r.finishedAt = now, r.lock = null, r.leaseUntil = null, r.worker = null
)
FOREACH (once IN CASE WHEN busy THEN [1] ELSE [] END | SET r.cancel = true)
RETURN idle OR busy
