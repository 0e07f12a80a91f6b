CREATE INDEX change_set_seq IF NOT EXISTS
FOR (n:ChangeSet) ON (n.seq)
