MERGE (k:Sequence {name: 'saved_queries'})
SET k.last = coalesce(k.last, 0) + 1
WITH k
MATCH (q:SavedQuery {id: $id})
DELETE q
