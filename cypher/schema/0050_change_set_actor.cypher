CREATE INDEX change_set_actor IF NOT EXISTS
FOR (n:ChangeSet) ON (n.actor, n.at)
