CREATE INDEX record_version_closed_in IF NOT EXISTS
FOR (n:RecordVersion) ON (n.closed_in)
