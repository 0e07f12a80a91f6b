CALL () {
  MATCH (record:$($owner))
  WHERE any(key IN $keys WHERE record[key] IS NOT NULL)
  RETURN record
  UNION ALL
  MATCH (record:Deleted {type: $owner})
  WHERE any(key IN $keys WHERE record[key] IS NOT NULL)
  RETURN record
}
WITH record LIMIT $batch
FOREACH (key IN $keys | SET record[key] = null)
RETURN count(record)
