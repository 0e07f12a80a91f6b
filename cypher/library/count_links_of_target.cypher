MATCH ()-[link:$($relation)]->(target)
WHERE any(label IN labels(target) WHERE label IN $types)
RETURN count(link)
