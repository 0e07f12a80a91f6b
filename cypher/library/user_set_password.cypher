MATCH (u:User {nameKey: $nameKey})
SET u.passwordHash = $passwordHash
WITH u
CALL (u) { MATCH (s:Session {user: u.id}) DETACH DELETE s RETURN count(*) AS sessions }
RETURN u.id, u.name, NULL AS before, {} AS after
