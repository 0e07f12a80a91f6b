MATCH (p:SavedPage {id: $page})
WHERE p.deletedAt IS NULL AND (p.shared OR p.owner = $person)
MERGE (d:PageDelivery {person: $person, page: $page})
ON CREATE SET d.turns = 0
SET d += $facts, d.turns = d.turns + 1
RETURN p.name, properties(d)
