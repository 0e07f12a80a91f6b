MATCH (u:User)
WHERE u.disabledAt IS NULL AND (u.id = $person OR ($person IS NULL AND u.administrator))
  AND NOT $facts.kind IN coalesce(u.unwantedNotices, [])
CREATE (n:Notification {id: $id, person: u.id, at: datetime.realtime('UTC')})
SET n += $facts
RETURN count(n)
