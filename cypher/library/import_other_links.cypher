MATCH (c:Change {set: $set})
WHERE c.op = 'create' AND c.record IS NOT NULL
MATCH (:Record {id: c.record})-[l]-()
WHERE NOT EXISTS { MATCH (made:Change {link: l.id}) WHERE made.op = 'create' AND made.set IN $sets }
RETURN c.type, c.record, type(l)
ORDER BY c.record
LIMIT 1000
