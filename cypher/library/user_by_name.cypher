MATCH (u:User {nameKey: $nameKey})
RETURN u.id, u.name, u.administrator, u.createdAt, u.disabledAt, u.costOperation, u.costMinute, u.passwordHash
