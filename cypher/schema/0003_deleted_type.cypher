CREATE INDEX deleted_type IF NOT EXISTS
FOR (n:Deleted) ON (n.type, n.deletedAt)
