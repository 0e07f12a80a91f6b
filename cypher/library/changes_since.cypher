MATCH (s:ChangeSet)
WHERE s.seq >= $seq
CALL (s) {
  CALL (s) {
    MATCH (c:Change)
    WHERE c.set = s.id AND c.id > CASE WHEN s.seq = $seq THEN $change ELSE '' END
      AND ($types IS NULL OR c.type IN $types)
      AND ($exceptActor IS NULL OR s.actor <> $exceptActor)
    RETURN c ORDER BY c.set, c.id LIMIT $rows
  }
  RETURN c
  UNION ALL
  RETURN null AS c
}
WITH s, c ORDER BY s.seq, c.id LIMIT $rows
OPTIONAL MATCH (u:User {id: s.actor})
RETURN s.seq, properties(c), s.actor, s.actorKind, s.reason, s.origin, u.name
ORDER BY s.seq, c.id
