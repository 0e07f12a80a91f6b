CREATE INDEX change_record IF NOT EXISTS
FOR (n:Change) ON (n.record, n.at)
