UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN n.id, head(n.insight_search), properties(n)
