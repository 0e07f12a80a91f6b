MATCH (n:Notification {person: $person})
WHERE n.id > '' AND n.readAt IS NULL
RETURN count(n)
