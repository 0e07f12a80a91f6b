MATCH (s:Session {digest: $digest})
DETACH DELETE s
RETURN count(*)
