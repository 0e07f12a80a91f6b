MATCH (n:Notification {person: $person})
WHERE n.id < $before AND (NOT $unread OR n.readAt IS NULL)
WITH n ORDER BY n.id DESC LIMIT $first
RETURN n.id, n.kind, n.subject, n.text, n.at, n.readAt, n.facts
