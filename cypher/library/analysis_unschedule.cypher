MATCH (s:AnalyticsSchedule {kind: $kind})
DELETE s
RETURN count(*)
