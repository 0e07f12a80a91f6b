MATCH (s:AnalyticsSchedule)
OPTIONAL MATCH (c:Sequence {name: 'changes'})
WITH s, coalesce(c.last, 0) AS seq, datetime.realtime('UTC') AS now
WHERE (s.lastAt IS NULL
       OR (s.afterChanges IS NOT NULL AND seq - s.lastSeq >= s.afterChanges)
       OR (s.afterMinutes IS NOT NULL AND s.lastAt + duration({minutes: coalesce(s.afterMinutes, 0)}) <= now))
  AND NOT EXISTS { MATCH (r:AnalyticsRun {kind: s.kind}) WHERE r.status IN ['queued', 'running'] }
RETURN properties(s)
ORDER BY s.kind
