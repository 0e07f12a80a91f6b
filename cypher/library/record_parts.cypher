UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN collect([labels(n), [key IN $keys | n[key]]])
