MATCH (c:AccountChange)
WHERE c.id < $before AND ($account IS NULL OR c.account = $account)
WITH c ORDER BY c.id DESC LIMIT $first
RETURN properties(c)
