MATCH (n:Token|Session)
WHERE n.expiresAt <= $now
DETACH DELETE n
RETURN count(*)
