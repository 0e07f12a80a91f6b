CREATE INDEX deleted_in IF NOT EXISTS
FOR (n:Deleted) ON (n.deletedIn)
