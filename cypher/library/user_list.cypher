MATCH (u:User)
RETURN u.id, u.name, u.administrator, u.createdAt, u.disabledAt
ORDER BY u.nameKey
