CREATE INDEX change_of_set IF NOT EXISTS
FOR (n:Change) ON (n.set, n.id)
