MATCH (m:Message {id: $message})<-[:REPLY_OF]-(reply:Message)-[:HAS_CREATOR]->(replier:Person)
MATCH (m)-[:HAS_CREATOR]->(author:Person)
RETURN reply.number, reply.content, reply.creationDate, replier.number, replier.firstName, replier.lastName,
  EXISTS { (author)-[:KNOWS]-(replier) } AS knows
ORDER BY reply.creationDate DESC, replier.number
