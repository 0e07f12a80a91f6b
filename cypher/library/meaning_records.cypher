UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN n.id, head([label IN labels(n) WHERE label <> 'Record']), properties(n)
