CREATE INDEX change_set IF NOT EXISTS
FOR (n:Change) ON (n.set)
