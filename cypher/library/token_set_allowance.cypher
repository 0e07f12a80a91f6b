MATCH (t:Token {id: $id})
MATCH (u:User {id: t.user})
SET t.user = t.user
WITH t, u, {token: t.id, operation: t.costOperation, minute: t.costMinute} AS before
SET t.costOperation = $operation, t.costMinute = $minute
RETURN u.id, u.name, before, {token: t.id, operation: t.costOperation, minute: t.costMinute} AS after
