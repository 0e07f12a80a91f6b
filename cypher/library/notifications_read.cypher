MATCH (n:Notification {person: $person})
WHERE n.id > '' AND n.readAt IS NULL AND ($ids IS NULL OR n.id IN $ids)
SET n.readAt = datetime.realtime('UTC')
RETURN count(n)
