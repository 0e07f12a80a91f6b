MATCH (u:User {nameKey: $nameKey})
SET u.name = u.name
WITH u, {disabled: u.disabledAt IS NOT NULL} AS before
SET u.disabledAt = coalesce(u.disabledAt, $now)
WITH u, before
CALL (u) { MATCH (t:Token {user: u.id}) DETACH DELETE t RETURN count(*) AS tokens }
CALL (u) { MATCH (s:Session {user: u.id}) DETACH DELETE s RETURN count(*) AS sessions }
RETURN u.id, u.name, before, {disabled: true} AS after
