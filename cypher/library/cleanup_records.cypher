MATCH (record:$($type))
WITH record LIMIT $batch
SET record:Deleted, record.type = $type, record.deletedAt = $now, record.deletedBy = $actor, record.deletedIn = $changeSet
REMOVE record:Record, record:$($type)
RETURN count(record)
