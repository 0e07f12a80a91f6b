MATCH (s:ChangeSet {actor: $actor})
WHERE s.idempotencyKey STARTS WITH $written
CALL (s) {
  MATCH (o:Change {set: s.id}) WHERE o.id IS NOT NULL
  RETURN count(o) AS changes
}
RETURN s.id, s.at, changes
ORDER BY s.at DESC, s.id DESC
