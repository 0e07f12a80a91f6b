MATCH (c:Change {set: $set})
CALL (c) {
  WITH c WHERE c.record IS NOT NULL
  MATCH (later:Change {record: c.record}) WHERE later.id > c.id AND NOT later.set IN $sets
  RETURN c.record AS id, later.op AS op, later.set AS set
  UNION
  WITH c WHERE c.link IS NOT NULL
  MATCH (later:Change {link: c.link}) WHERE later.id > c.id AND NOT later.set IN $sets
  RETURN c.link AS id, later.op AS op, later.set AS set
  UNION
  WITH c WHERE c.record IS NOT NULL AND c.op = 'create'
  MATCH (:Record {id: c.record})-[l]-()
  WHERE NOT EXISTS { MATCH (made:Change {link: l.id}) WHERE made.op = 'create' AND made.set IN $sets }
  RETURN c.record AS id, 'link ' + type(l) AS op, null AS set
}
OPTIONAL MATCH (s:ChangeSet {id: set})
RETURN c.type, id, op, toString(s.at), s.actor
LIMIT 1000
