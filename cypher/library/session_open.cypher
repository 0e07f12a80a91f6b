MATCH (u:User {id: $user})
WHERE u.disabledAt IS NULL AND u.passwordHash = $passwordHash
CREATE (:Session {digest: $digest, user: u.id, createdAt: $now, expiresAt: $expiresAt, browser: $browser, system: $system})
WITH u
CALL () { MATCH (old:Session) WHERE old.expiresAt <= $now OR old.digest = $previous DETACH DELETE old }
RETURN u.id
