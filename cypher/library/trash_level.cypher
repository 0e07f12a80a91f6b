UNWIND $ids AS id
MATCH (n:Record {id: id})
SET n.id = id
WITH n
OPTIONAL MATCH (n)-[l]-(m:Record)
WHERE (startNode(l) = n AND type(l) IN $fromSource) OR (endNode(l) = n AND type(l) IN $fromTarget)
RETURN n.id AS id, [label IN labels(n) WHERE label <> 'Record'][0] AS type, n.version AS version,
       properties(n) AS properties, collect(DISTINCT m.id) AS taken
