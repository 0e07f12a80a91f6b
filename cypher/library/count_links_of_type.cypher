MATCH (:$($type))-[link]-()
RETURN count(DISTINCT link)
