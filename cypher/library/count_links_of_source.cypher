MATCH (source)-[link:$($relation)]->()
WHERE any(label IN labels(source) WHERE label IN $types)
RETURN count(link)
