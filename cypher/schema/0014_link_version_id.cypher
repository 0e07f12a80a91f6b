CREATE INDEX link_version_id IF NOT EXISTS
FOR (n:LinkVersion) ON (n.id)
