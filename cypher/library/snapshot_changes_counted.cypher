CALL () {
  MATCH (s:ChangeSet)
  WHERE s.seq > $seq
  RETURN s.id AS set
  UNION
  MATCH (s:Unnumbered)
  RETURN s.id AS set
}
CALL (set) {
  MATCH (c:Change {set: set}) WHERE c.id IS NOT NULL
  RETURN count(c) AS changes
}
RETURN coalesce(sum(changes), 0)
