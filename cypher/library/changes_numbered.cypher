OPTIONAL MATCH (k:Sequence {name: 'changes'})
RETURN coalesce(k.last, 0)
