MATCH (p:Person {id: $person}), (other:Person {id: $other})
OPTIONAL MATCH path = shortestPath((p)-[:KNOWS*]-(other))
RETURN coalesce(length(path), -1)
