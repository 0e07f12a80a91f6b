MATCH (record:$($owner))
WHERE record[$key] IS NOT NULL
RETURN count(record)
