MATCH (s:Session)
WHERE ($user IS NULL OR s.user = $user) AND s.expiresAt > $now
MATCH (u:User {id: s.user})
RETURN left(s.digest, 16), u.name, s.createdAt, s.expiresAt, s.browser, s.system
ORDER BY u.nameKey, s.createdAt DESC
