UNWIND $tokens AS digest
MATCH (t:Token {digest: digest})
WHERE t.expiresAt > $now
MATCH (u:User {id: t.user})
WHERE u.disabledAt IS NULL
RETURN digest, u.id AS id, u.name AS name, u.administrator AS administrator, t.expiresAt AS until
UNION ALL
UNWIND $sessions AS digest
MATCH (s:Session {digest: digest})
WHERE s.expiresAt > $now
MATCH (u:User {id: s.user})
WHERE u.disabledAt IS NULL
RETURN digest, u.id AS id, u.name AS name, u.administrator AS administrator, s.expiresAt AS until
