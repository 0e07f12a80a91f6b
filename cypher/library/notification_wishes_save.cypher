MATCH (u:User {id: $person})
SET u.unwantedNotices = $unwanted
RETURN u.unwantedNotices
