MATCH (record:$($type))
WITH record LIMIT $batch
SET record:Deleted, record.type = $type, record.deletedAt = $now, record.deletedBy = $actor, record.deletedIn = $changeSet
REMOVE record:Record, record:$($type)
FOREACH (key IN [key IN keys(record) WHERE key STARTS WITH 'insight_'] | SET record[key] = null)
RETURN count(record)
