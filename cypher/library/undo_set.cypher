OPTIONAL MATCH (c:Change {id: $id})
MATCH (s:ChangeSet)
WHERE s.id IN [$id, c.set]
CALL (s) {
  MATCH (o:Change {set: s.id}) WHERE o.id IS NOT NULL
  RETURN count(o) AS changes
}
RETURN s.id, s.at, changes, c.id
