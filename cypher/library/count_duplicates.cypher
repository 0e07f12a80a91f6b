MATCH (record:$($type))
WHERE all(key IN $keys WHERE record[key] IS NOT NULL)
WITH [key IN $keys | record[key]] AS value, count(record) AS records
WHERE records > 1
RETURN coalesce(sum(records), 0)
