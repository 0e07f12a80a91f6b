MATCH (c:Change {set: $set})
WHERE c.op = 'create' AND c.record IS NOT NULL
MATCH (:Record {id: c.record})-[l]-()
OPTIONAL MATCH (made:Change {link: l.id}) USING INDEX made:Change(link, at)
WHERE made.at IS NOT NULL AND made.op = 'create' AND made.set IN $sets
WITH c, l, count(made) AS made
WHERE made = 0
RETURN c.type, c.record, type(l)
ORDER BY c.record
LIMIT 1000
