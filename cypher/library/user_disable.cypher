MATCH (u:User {nameKey: $nameKey})
SET u.disabledAt = coalesce(u.disabledAt, $now)
WITH u
CALL (u) { MATCH (t:Token {user: u.id}) DETACH DELETE t RETURN count(*) AS tokens }
CALL (u) { MATCH (s:Session {user: u.id}) DETACH DELETE s RETURN count(*) AS sessions }
RETURN tokens, sessions
