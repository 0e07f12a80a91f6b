MATCH (p:SavedPage)
WHERE p.deletedAt IS NULL AND (p.shared OR p.owner = $person) AND ($kind IS NULL OR p.kind = $kind)
WITH p ORDER BY p.name, p.id LIMIT $most
RETURN p {.*, body: CASE WHEN $with_bodies THEN p.body END}
