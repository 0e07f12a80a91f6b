UNWIND $ids AS id
MATCH (d:Deleted {id: id})
SET d.id = id
RETURN id, d.type AS type, properties(d) AS properties
