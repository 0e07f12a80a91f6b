UNWIND $ids AS id
MATCH (n:Record {id: id})-[l]-(m:Record)
WHERE NOT m.id IN $ids
  AND ((startNode(l) = n AND type(l) IN $refusedBySource) OR (endNode(l) = n AND type(l) IN $refusedByTarget))
RETURN n.id AS id, type(l) AS relation, count(*) AS links
ORDER BY id, relation
