MATCH (r:AnalyticsRun {id: $id})
SET r.id = r.id
WITH r, properties(r) AS was
WHERE was.worker = $worker AND was.status = 'running'
SET r += $facts, r.finishedAt = datetime.realtime('UTC'), r.lock = null, r.leaseUntil = null, r.cancel = null
RETURN count(r)
