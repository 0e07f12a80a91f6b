MATCH (x:Insight {engine: $engine, type: $type})
WHERE x.run < $number
WITH x LIMIT $batch
DELETE x
RETURN count(*)
