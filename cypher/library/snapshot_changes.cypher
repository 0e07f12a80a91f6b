CALL () {
  MATCH (s:ChangeSet)
  WHERE s.seq > $seq
  RETURN s.id AS set
  UNION
  MATCH (s:Unnumbered)
  RETURN s.id AS set
}
MATCH (c:Change {set: set})
WHERE c.id IS NOT NULL AND (c.link IS NOT NULL OR c.op <> 'update')
WITH CASE WHEN c.link IS NULL THEN '' ELSE c.type END AS relation,
     CASE WHEN c.link IS NULL THEN c.record ELSE c.source + c.target END AS which
WHERE which IS NOT NULL
RETURN relation, collect(DISTINCT which) AS which
