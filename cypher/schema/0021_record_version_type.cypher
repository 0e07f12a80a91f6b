CREATE INDEX record_version_type IF NOT EXISTS
FOR (n:RecordVersion) ON (n.type, n.closed_at)
