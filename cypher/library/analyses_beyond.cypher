MATCH (r:AnalyticsRun {kind: $kind})
WHERE r.status IN ['done', 'failed', 'cancelled']
WITH r ORDER BY (r.status = 'done') DESC, r.number DESC SKIP $keep
MATCH (s:RunScores {run: r.id})
WHERE s.part IS NOT NULL
WITH s LIMIT $batch
DELETE s
RETURN count(*)
