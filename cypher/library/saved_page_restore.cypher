MATCH (p:SavedPage {id: $id})
WHERE p.shared OR p.owner = $person
FOREACH (_ IN CASE WHEN p.owner = $person OR ($administrator AND p.shared) THEN [1] ELSE [] END | REMOVE p.deletedAt)
RETURN properties(p), true
