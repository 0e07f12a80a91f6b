MATCH (s:ChangeSet)
WHERE s.actor = $actor AND s.at >= $from AND s.at < $to
CALL (s) {
  MATCH (o:Change {set: s.id}) WHERE o.id IS NOT NULL
  RETURN count(o) AS changes
}
RETURN s.id, s.at, changes
ORDER BY s.at DESC, s.id DESC
