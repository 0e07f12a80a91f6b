MERGE (k:Sequence {name: 'saved_queries'})
SET k.last = coalesce(k.last, 0) + 1
MERGE (q:SavedQuery {id: $facts.id})
SET q = $facts
