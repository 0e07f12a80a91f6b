MATCH (:Person {id: $person})-[knows:KNOWS]-(friend:Person)
RETURN friend.number, friend.firstName, friend.lastName, knows.creationDate
ORDER BY knows.creationDate DESC, friend.number
