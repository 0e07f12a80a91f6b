CALL () {
  MATCH (record:$($owner))
  WHERE any(key IN $keys WHERE record[key] IS NOT NULL)
  RETURN record
  UNION ALL
  MATCH (record:Deleted {type: $owner})
  WHERE any(key IN $keys WHERE record[key] IS NOT NULL)
  RETURN record
}
WITH record, properties(record) AS was, CASE WHEN record.knownFrom > $now THEN record.knownFrom ELSE $now END AS moment
LIMIT $batch
FOREACH (live IN CASE WHEN record:Record THEN [record] ELSE [] END |
  CREATE (kept:RecordVersion)
  SET kept = was
  FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH 'insight_'] | SET kept[key] = null)
  SET kept.type = $owner, kept.validTo = moment, kept.closed_at = moment, kept.closed_in = $changeSet, kept.closed_by = 'model'
  SET live.validFrom = moment, live.knownFrom = moment)
FOREACH (key IN $keys | SET record[key] = null)
RETURN count(record)
