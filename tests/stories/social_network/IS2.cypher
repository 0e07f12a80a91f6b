MATCH (:Person {id: $person})<-[:HAS_CREATOR]-(message:Message)
WITH message ORDER BY message.creationDate DESC, message.number DESC LIMIT 10
MATCH (message)-[:REPLY_OF*0..]->(post:Message {kind: 'post'})-[:HAS_CREATOR]->(author:Person)
RETURN message.number, coalesce(message.content, message.imageFile), message.creationDate, post.number,
  author.number, author.firstName, author.lastName
ORDER BY message.creationDate DESC, message.number DESC
