UNWIND $ids AS id
MATCH (n:Record {id: id})-[l]-(m:Record)
RETURN DISTINCT l.id AS id, type(l) AS relation, startNode(l).id AS source, endNode(l).id AS target
ORDER BY id
