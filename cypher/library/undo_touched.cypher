UNWIND $sets AS set
MATCH (c:Change {set: set})
WHERE c.id IS NOT NULL AND ($change IS NULL OR c.id = $change)
RETURN c.record, c.link, max([c.at, c.id]) AS latest
ORDER BY latest DESC
