OPTIONAL MATCH (k:Sequence {name: 'saved_queries'})
RETURN coalesce(k.last, 0)
