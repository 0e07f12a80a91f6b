OPTIONAL MATCH (k:Sequence {name: 'saved_queries'})
OPTIONAL MATCH (q:SavedQuery)
WITH k, q ORDER BY q.name, q.id
RETURN coalesce(k.last, 0), collect(properties(q))
