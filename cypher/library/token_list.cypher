MATCH (t:Token)
MATCH (u:User {id: t.user})
RETURN t.id, u.name, t.createdAt, t.expiresAt, t.costOperation, t.costMinute, t.name
ORDER BY u.nameKey, t.id
