MATCH (u:User {nameKey: $nameKey})
OPTIONAL MATCH (r:Record {id: u.person})
RETURN u.id, u.name, u.administrator, u.createdAt, u.disabledAt, u.costOperation, u.costMinute, r.id, u.passwordHash
