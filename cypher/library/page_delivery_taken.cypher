MATCH (d:PageDelivery {person: $person, page: $page})
SET d.person = d.person
WITH d, properties(d) AS was
WHERE was.turns = $turns
SET d.turns = $turns + 1, d.nextAt = $next, d.lastAt = $due
WITH d
MATCH (p:SavedPage {id: d.page})
WHERE p.deletedAt IS NULL AND (p.shared OR p.owner = d.person)
RETURN p.name, p.kind
