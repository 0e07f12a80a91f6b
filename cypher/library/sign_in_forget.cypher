MATCH (a:SignInAttempts)
WHERE a.key IN $keys OR a.until <= $now
DETACH DELETE a
RETURN count(*)
