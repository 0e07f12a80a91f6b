MATCH (s:Session)
WHERE s.digest STARTS WITH $id AND ($user IS NULL OR s.user = $user)
WITH s, left(s.digest, 16) AS id
DETACH DELETE s
RETURN id
