UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN labels(n), [key IN $keys | n[key]]
