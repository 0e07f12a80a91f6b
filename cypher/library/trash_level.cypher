UNWIND $ids AS id
MATCH (n:Record {id: id})
SET n.id = id
WITH n, properties(n) AS was
WHERE was.id IS NOT NULL
OPTIONAL MATCH (n)-[l]-(m:Record)
WHERE (startNode(l) = n AND type(l) IN $fromSource) OR (endNode(l) = n AND type(l) IN $fromTarget)
RETURN was.id AS id, [label IN labels(n) WHERE label <> 'Record'][0] AS type, was.version AS version,
       was AS properties, collect(DISTINCT m.id) AS taken
