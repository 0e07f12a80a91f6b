CREATE INDEX record_version_id IF NOT EXISTS
FOR (n:RecordVersion) ON (n.id, n.closed_at)
