MATCH (t:Token {id: $id})
WHERE $user IS NULL OR t.user = $user
WITH t, t.id AS id
DETACH DELETE t
RETURN id
