CREATE INDEX change_link IF NOT EXISTS
FOR (n:Change) ON (n.link, n.at)
