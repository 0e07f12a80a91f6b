MATCH (r:AnalyticsRun)
WHERE r.id = $id
RETURN properties(r)
