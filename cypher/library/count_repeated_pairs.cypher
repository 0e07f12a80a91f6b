MATCH (source)-[link:$($relation)]->(target)
WITH CASE WHEN $symmetric AND source.id > target.id THEN [target.id, source.id] ELSE [source.id, target.id] END AS pair,
     count(link) AS links
WHERE links > 1
RETURN count(pair)
