UNWIND $rows AS row
MATCH (n:Record {id: row.id})
SET n.insight_search = row.texts
RETURN count(n)
