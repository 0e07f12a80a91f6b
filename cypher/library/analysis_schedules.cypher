MATCH (s:AnalyticsSchedule)
RETURN properties(s)
ORDER BY s.kind
