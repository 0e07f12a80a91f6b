MATCH (p:SavedPage {id: $id})
WHERE p.deletedAt IS NULL AND (p.shared OR p.owner = $person)
RETURN properties(p)
