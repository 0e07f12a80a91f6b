MATCH (u:User {nameKey: $nameKey})
SET u.name = u.name
WITH u, {operation: u.costOperation, minute: u.costMinute} AS before
SET u.costOperation = $operation, u.costMinute = $minute
RETURN u.id, u.name, before, {operation: u.costOperation, minute: u.costMinute} AS after
