MATCH (u:User {nameKey: $nameKey})
SET u.costOperation = $operation, u.costMinute = $minute
RETURN u.id
