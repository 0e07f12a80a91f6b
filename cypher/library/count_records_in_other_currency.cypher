MATCH (record:$($owner))
WHERE record[$key] <> $currency
RETURN count(record)
