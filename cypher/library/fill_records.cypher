MATCH (record:$($owner))
WHERE record[$key] IS NULL
WITH record LIMIT $batch
SET record += $values
RETURN count(record)
