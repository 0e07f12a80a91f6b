CREATE INDEX outbox_topic IF NOT EXISTS
FOR (n:Outbox) ON (n.topic, n.id)
