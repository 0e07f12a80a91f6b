MATCH (u:User)
RETURN u.id, u.name, u.administrator, u.createdAt, u.disabledAt, u.costOperation, u.costMinute
ORDER BY u.nameKey
