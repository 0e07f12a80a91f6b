MATCH (record)-[link:$($relation)]-()
WITH record, count(link) AS links
WHERE links > $most
RETURN count(record)
