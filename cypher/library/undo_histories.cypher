CALL () {
  UNWIND $records AS id
  MATCH (c:Change {record: id})
  WHERE c.at >= $since
  RETURN c
  UNION ALL
  UNWIND $links AS id
  MATCH (c:Change {link: id})
  WHERE c.at >= $since
  RETURN c
}
MATCH (s:ChangeSet {id: c.set})
OPTIONAL MATCH (u:User {id: s.actor})
RETURN coalesce(c.record, c.link), properties(c), s.actor, s.actorKind, u.name
ORDER BY c.at, c.id
