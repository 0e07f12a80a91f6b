MATCH (r:AnalyticsRun)
WHERE r.status IN ['queued', 'running']
  AND (r.status = 'queued' OR r.leaseUntil < datetime.realtime('UTC'))
  AND ($id IS NULL OR r.id = $id)
  AND NOT EXISTS { MATCH (o:AnalyticsRun {lock: r.kind}) WHERE o.id <> r.id }
WITH r ORDER BY r.status DESC, r.number LIMIT 1
SET r.id = r.id
WITH r, properties(r) AS was
WHERE was.status = 'queued' OR (was.status = 'running' AND was.leaseUntil < datetime.realtime('UTC'))
SET r.status = 'running', r.lock = was.kind, r.worker = $worker, r.attempts = was.attempts + 1,
    r.startedAt = datetime.realtime('UTC'), r.leaseUntil = datetime.realtime('UTC') + duration({milliseconds: $lease}),
    r.stage = 'starting', r.progress = 0.0
RETURN was.id
