MATCH ()-[link:$($owner)]->()
WHERE any(key IN $keys WHERE link[key] IS NOT NULL)
WITH link LIMIT $batch
FOREACH (key IN $keys | SET link[key] = null)
RETURN count(link)
