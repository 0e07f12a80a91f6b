UNWIND $tokens AS digest
MATCH (t:Token {digest: digest})
WHERE t.expiresAt > $now
MATCH (u:User {id: t.user})
WHERE u.disabledAt IS NULL
RETURN digest, [u.id, u.name, u.administrator, t.expiresAt, u.costOperation, u.costMinute, t.id, t.costOperation, t.costMinute] AS admitted
UNION ALL
UNWIND $sessions AS digest
MATCH (s:Session {digest: digest})
WHERE s.expiresAt > $now
MATCH (u:User {id: s.user})
WHERE u.disabledAt IS NULL
RETURN digest, [u.id, u.name, u.administrator, s.expiresAt, u.costOperation, u.costMinute, NULL, NULL, NULL] AS admitted
