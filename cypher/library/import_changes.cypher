MATCH (c:Change {set: $set})
OPTIONAL MATCH (n:Record {id: c.record})
RETURN properties(c), properties(n)
ORDER BY c.id DESC
