UNWIND $persons AS person
MATCH (n:Notification {person: person})
WHERE n.id >= $since
RETURN person, n.id, n.kind, n.subject, n.text, n.at, n.readAt, n.facts
ORDER BY n.id
