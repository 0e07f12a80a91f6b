MATCH (u:User {nameKey: $nameKey})
SET u.administrator = $administrator
RETURN u.id
