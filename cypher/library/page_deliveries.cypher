MATCH (d:PageDelivery {person: $person})
MATCH (p:SavedPage {id: d.page})
WHERE p.deletedAt IS NULL AND (p.shared OR p.owner = $person)
RETURN p.name, properties(d)
ORDER BY p.name, d.page
