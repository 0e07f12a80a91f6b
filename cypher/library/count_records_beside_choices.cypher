MATCH (record:$($owner))
WHERE any(value IN [] + record[$key] WHERE NOT value IN $choices)
RETURN count(record)
