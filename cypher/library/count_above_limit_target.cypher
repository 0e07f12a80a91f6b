MATCH ()-[link:$($relation)]->(record)
WITH record, count(link) AS links
WHERE links > $most
RETURN count(record)
