MATCH (u:User {nameKey: $nameKey})
REMOVE u.disabledAt
RETURN u.id
