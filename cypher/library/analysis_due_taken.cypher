MATCH (s:AnalyticsSchedule {kind: $kind})
SET s.kind = s.kind
WITH s, properties(s) AS was
WHERE coalesce(was.turns, 0) = $turns
OPTIONAL MATCH (c:Sequence {name: 'changes'})
SET s.turns = $turns + 1, s.lastAt = datetime.realtime('UTC'), s.lastSeq = coalesce(c.last, 0)
RETURN count(s)
