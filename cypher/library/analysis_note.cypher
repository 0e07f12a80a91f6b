MATCH (r:AnalyticsRun {id: $id})
WHERE r.worker = $worker AND r.status = 'running'
SET r += $facts
RETURN count(r)
