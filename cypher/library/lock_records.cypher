UNWIND $ids AS id
MATCH (n:Record {id: id})
SET n.id = id
RETURN count(n) AS locked
