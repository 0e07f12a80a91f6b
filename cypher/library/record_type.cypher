MATCH (n:Record {id: $id})
RETURN [label IN labels(n) WHERE label <> 'Record'][0]
