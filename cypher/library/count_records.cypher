MATCH (record:$($type))
RETURN count(record)
