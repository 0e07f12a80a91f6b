MATCH (:Message {id: $message})-[:REPLY_OF*0..]->(:Message {kind: 'post'})<-[:CONTAINER_OF]-(forum:Forum)
  -[:HAS_MODERATOR]->(moderator:Person)
RETURN forum.number, forum.title, moderator.number, moderator.firstName, moderator.lastName
