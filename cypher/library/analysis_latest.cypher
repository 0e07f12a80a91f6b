MATCH (r:AnalyticsRun {kind: $kind})
WHERE r.status = 'done'
RETURN properties(r)
ORDER BY r.number DESC LIMIT 1
