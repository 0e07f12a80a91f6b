MATCH (t:Token {id: $id})
WHERE $user IS NULL OR t.user = $user
MATCH (u:User {id: t.user})
WITH t, u, {token: t.id} AS before
DETACH DELETE t
RETURN u.id, u.name, before, {} AS after
