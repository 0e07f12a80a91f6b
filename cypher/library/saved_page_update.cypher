MATCH (p:SavedPage {id: $id})
SET p.lock = true
REMOVE p.lock
WITH p
WHERE p.deletedAt IS NULL AND p.kind = $kind AND (p.shared OR p.owner = $person)
WITH p, p.version = $version AS current, p.owner = $person OR ($administrator AND p.shared) AS allowed, properties(p) AS before
FOREACH (_ IN CASE WHEN current AND allowed THEN [1] ELSE [] END | SET p += $facts, p.version = $version + 1)
RETURN CASE WHEN current AND allowed THEN properties(p) ELSE before END, current
