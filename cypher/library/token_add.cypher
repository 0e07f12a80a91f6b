MATCH (u:User {nameKey: $nameKey})
WHERE u.disabledAt IS NULL
CREATE (t:Token {id: $id, name: $name, digest: $digest, user: u.id, createdAt: $now, expiresAt: $expiresAt,
                 costOperation: $operation, costMinute: $minute})
RETURN u.id, u.name, NULL AS before, {token: $id, expiresAt: toString($expiresAt)} AS after
