UNWIND $keys AS key
MERGE (a:SignInAttempts {key: key})
SET a.count = CASE WHEN a.until > $now THEN a.count + 1 ELSE 1 END,
    a.until = CASE WHEN a.until > $now THEN a.until ELSE $until END
RETURN a.key, a.count, a.until
