MATCH (r:AnalyticsRun {kind: $kind})
WHERE r.status IN ['done', 'failed', 'cancelled']
WITH r ORDER BY r.number DESC SKIP $keep LIMIT $batch
DELETE r
RETURN count(*)
