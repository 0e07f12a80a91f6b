CALL () {
  MATCH (old:SavedPage)
  WHERE old.deletedAt < $now - duration({days: $days})
  DELETE old
}
MATCH (p:SavedPage {id: $id})
WHERE p.deletedAt IS NULL AND (p.shared OR p.owner = $person)
FOREACH (_ IN CASE WHEN p.owner = $person OR ($administrator AND p.shared) THEN [1] ELSE [] END | SET p.deletedAt = $now)
RETURN properties(p), true
