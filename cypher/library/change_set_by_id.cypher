MATCH (s:ChangeSet {id: $id})
CALL (s) {
  MATCH (c:Change {set: s.id}) WHERE c.id IS NOT NULL
  WITH CASE WHEN c.record IS NULL THEN 'link' ELSE 'record' END AS what, coalesce(c.record, c.link) AS which,
       collect(c.op) AS ops
  UNWIND CASE WHEN 'erase' IN ops THEN ['erase'] ELSE ops END AS op
  WITH what, op, count(*) AS number
  RETURN collect([what, op, number]) AS tallies
}
RETURN s.id AS id, s.fingerprint AS fingerprint, s.answer AS answer, tallies
