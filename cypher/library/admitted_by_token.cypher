MATCH (t:Token {digest: $digest})
WHERE t.expiresAt > $now
MATCH (u:User {id: t.user})
WHERE u.disabledAt IS NULL
RETURN u.id, u.name, u.administrator, t.expiresAt, u.costOperation, u.costMinute, t.id, t.costOperation, t.costMinute
