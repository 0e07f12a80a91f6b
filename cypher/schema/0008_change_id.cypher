CREATE INDEX change_id IF NOT EXISTS
FOR (n:Change) ON (n.id)
