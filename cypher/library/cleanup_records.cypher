MATCH (record:$($type))
WITH record, properties(record) AS was, CASE WHEN record.knownFrom > $now THEN record.knownFrom ELSE $now END AS moment
LIMIT $batch
CREATE (kept:RecordVersion)
SET kept = was
SET kept.type = $type, kept.validTo = moment, kept.closed_at = moment, kept.closed_in = $changeSet, kept.closed_by = 'model'
SET record:Deleted, record.type = $type, record.deletedAt = $now, record.deletedBy = $actor, record.deletedIn = $changeSet
REMOVE record:Record, record:$($type)
FOREACH (node IN [kept, record] | FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH 'insight_'] | SET node[key] = null))
RETURN count(record)
