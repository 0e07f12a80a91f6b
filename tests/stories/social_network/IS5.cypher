MATCH (:Message {id: $message})-[:HAS_CREATOR]->(p:Person)
RETURN p.number, p.firstName, p.lastName
