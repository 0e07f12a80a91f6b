CALL () {
  MATCH (c:Change {record: $id})
  WHERE c.at IS NOT NULL AND ($keys IS NULL OR any(key IN $keys WHERE c[key] IS NOT NULL))
  RETURN c ORDER BY c.record DESC, c.at DESC, c.id DESC LIMIT $size
  UNION ALL
  MATCH (c:Change {link: $id})
  WHERE c.at IS NOT NULL AND ($keys IS NULL OR any(key IN $keys WHERE c[key] IS NOT NULL AND (c.op <> 'end' OR key STARTS WITH 'after.')))
  RETURN c ORDER BY c.link DESC, c.at DESC, c.id DESC LIMIT $size
}
MATCH (s:ChangeSet {id: c.set}) USING INDEX SEEK s:ChangeSet(id)
OPTIONAL MATCH (u:User {id: s.actor})
RETURN properties(c), s.actor, s.actorKind, s.reason, s.origin, u.name
ORDER BY c.at DESC, c.id DESC
