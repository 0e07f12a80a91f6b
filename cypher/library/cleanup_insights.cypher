MATCH (x:Insight {type: $type})
WITH x LIMIT $batch
DELETE x
RETURN count(*)
