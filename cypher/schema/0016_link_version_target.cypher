CREATE INDEX link_version_target IF NOT EXISTS
FOR (n:LinkVersion) ON (n.target, n.relation)
