MATCH (record:$($owner))
WHERE record[$key] IS NULL
WITH record, properties(record) AS was, CASE WHEN record.knownFrom > $now THEN record.knownFrom ELSE $now END AS moment
LIMIT $batch
CREATE (kept:RecordVersion)
SET kept = was
FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH 'insight_'] | SET kept[key] = null)
SET kept.type = $owner, kept.validTo = moment, kept.closed_at = moment, kept.closed_in = $changeSet, kept.closed_by = 'model'
SET record += $values, record.validFrom = moment, record.knownFrom = moment
RETURN count(record)
