CREATE (c:AccountChange {id: $id, at: datetime.realtime('UTC')})
SET c += $facts
RETURN c.id
