MATCH (r:AnalyticsRun {id: $id})
SET r.id = r.id
WITH r, properties(r) AS was
WHERE was.worker = $worker AND was.status = 'running'
SET r.leaseUntil = datetime.realtime('UTC') + duration({milliseconds: $lease}), r.stage = $stage, r.progress = $progress
RETURN coalesce(was.cancel, false)
