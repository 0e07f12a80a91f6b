MATCH (s:Session)
WHERE s.digest STARTS WITH $id AND ($user IS NULL OR s.user = $user)
MATCH (u:User {id: s.user})
WITH s, u, {session: left(s.digest, 16)} AS before
DETACH DELETE s
RETURN u.id, u.name, before, {} AS after
