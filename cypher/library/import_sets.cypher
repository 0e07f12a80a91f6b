MATCH (s:ChangeSet {actor: $actor})
WHERE s.idempotencyKey STARTS WITH $written
OPTIONAL MATCH (u:ChangeSet {actor: $undoer, idempotencyKey: $undone + s.id})
RETURN s.id, u IS NOT NULL AS undone
ORDER BY s.id DESC
