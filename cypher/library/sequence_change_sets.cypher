MERGE (k:Sequence {name: 'changes'})
ON CREATE SET k.last = 0
SET k.name = 'changes'
WITH k, properties(k).last AS last
CALL () {
  MATCH (s:Unnumbered)
  WITH s ORDER BY s.id LIMIT $batch
  RETURN collect(s) AS sets
}
CALL (sets, last) {
  UNWIND range(0, size(sets) - 1) AS place
  WITH sets[place] AS s, last + place + 1 AS seq
  SET s.seq = seq
  REMOVE s:Unnumbered
  RETURN count(*) AS numbered
}
SET k.last = last + numbered
RETURN numbered
