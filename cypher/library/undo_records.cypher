UNWIND $ids AS id
OPTIONAL MATCH (n:Record {id: id})
OPTIONAL MATCH (d:Deleted {id: id})
RETURN id, n IS NOT NULL AS living, properties(coalesce(n, d))
