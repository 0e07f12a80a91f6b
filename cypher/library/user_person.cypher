MATCH (u:User {id: $id})
MATCH (r:Record {id: u.person})
RETURN labels(r), properties(r)
