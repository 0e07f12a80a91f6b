UNWIND $ids AS id
MATCH (n:Record {id: id})-[l]-()
WHERE NOT l.id IN $links
CALL (l) {
  MATCH (c:Change {link: l.id})
  WHERE c.at >= $since AND c.op = 'create'
  RETURN collect(c.set) AS made
}
RETURN id, l.id, type(l), any(set IN made WHERE set IN $sets) AS mine
LIMIT $most
