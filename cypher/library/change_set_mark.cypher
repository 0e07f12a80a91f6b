MATCH (s:ChangeSet {actor: $actor, idempotencyKey: $key})
RETURN s.fingerprint
