MATCH ()-[link:$($owner)]->()
WHERE link[$key] IS NULL
WITH link LIMIT $batch
SET link += $values
RETURN count(link)
