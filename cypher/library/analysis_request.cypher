MERGE (k:Sequence {name: 'analyses'})
ON CREATE SET k.last = 0
SET k.name = 'analyses'
WITH k, properties(k).last + 1 AS number
CALL () {
  MATCH (w:AnalyticsRun {kind: $facts.kind})
  WHERE w.status = 'queued' AND w.parameters = $facts.parameters AND w.seed = $facts.seed
  RETURN head(collect(w.id)) AS waiting
}
CALL () {
  OPTIONAL MATCH (c:Sequence {name: 'changes'})
  RETURN coalesce(c.last, 0) AS seq
}
FOREACH (once IN CASE WHEN waiting IS NULL THEN [1] ELSE [] END |
  SET k.last = number
  CREATE (r:AnalyticsRun {number: number, status: 'queued', stage: '', progress: 0.0, attempts: 0, requestedSeq: seq})
  SET r += $facts, r.requestedAt = datetime.realtime('UTC')
)
RETURN coalesce(waiting, $facts.id) AS id
