UNWIND $rows AS row
MATCH (n:Record {id: row.id})
SET n.insight_meaning = row.vector
RETURN count(n)
