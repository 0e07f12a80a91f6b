MATCH (r:AnalyticsRun {kind: $kind})
WHERE r.status = 'done' AND r.number < $before
RETURN properties(r)
ORDER BY r.number DESC LIMIT 1
