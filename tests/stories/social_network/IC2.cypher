MATCH (:Person {id: $person})-[:KNOWS]-(friend:Person)<-[:HAS_CREATOR]-(message:Message)
WHERE message.creationDate < $before
RETURN friend.number, friend.firstName, friend.lastName, message.number, coalesce(message.content, message.imageFile),
  message.creationDate
ORDER BY message.creationDate DESC, message.number LIMIT 20
