CREATE INDEX link_version_closed_in IF NOT EXISTS
FOR (n:LinkVersion) ON (n.closed_in)
