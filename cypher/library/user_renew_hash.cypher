MATCH (u:User {id: $id})
WHERE u.passwordHash = $was
SET u.passwordHash = $passwordHash
RETURN u.id
