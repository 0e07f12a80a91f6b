MATCH (record:$($owner))
WHERE record[$key] IS NULL
RETURN count(record)
