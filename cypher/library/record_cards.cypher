UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN labels(n), properties(n)
