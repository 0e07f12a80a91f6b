CREATE INDEX link_version_source IF NOT EXISTS
FOR (n:LinkVersion) ON (n.source, n.relation)
