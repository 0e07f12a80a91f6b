MATCH (s:Session {digest: $digest})
WHERE s.expiresAt > $now
MATCH (u:User {id: s.user})
WHERE u.disabledAt IS NULL
RETURN u.id, u.name, u.administrator, s.expiresAt, u.costOperation, u.costMinute,
       NULL AS token, NULL AS tokenOperation, NULL AS tokenMinute
