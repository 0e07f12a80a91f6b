OPTIONAL MATCH (u:User {id: $person})
RETURN coalesce(u.unwantedNotices, [])
