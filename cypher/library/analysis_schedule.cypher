MERGE (k:Sequence {name: 'analyses'})
ON CREATE SET k.last = 0
SET k.name = 'analyses'
MERGE (s:AnalyticsSchedule {kind: $kind})
ON CREATE SET s.lastSeq = -1
SET s += $facts
RETURN properties(s)
