UNWIND $changes AS change
CREATE (c:AccountChange {at: datetime.realtime('UTC')})
SET c += change
RETURN c.id
