MATCH (u:User)
OPTIONAL MATCH (r:Record {id: u.person})
RETURN u.id, u.name, u.administrator, u.createdAt, u.disabledAt, u.costOperation, u.costMinute, r.id
ORDER BY u.nameKey
