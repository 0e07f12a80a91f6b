CREATE CONSTRAINT change_set_idempotency IF NOT EXISTS
FOR (n:ChangeSet) REQUIRE (n.actor, n.idempotencyKey) IS UNIQUE
