MATCH (s:ChangeSet)
WHERE s.seq >= $seq
WITH s ORDER BY s.seq LIMIT $sets
CALL (s) {
  OPTIONAL MATCH (c:Change)
  WHERE c.set = s.id AND c.id > CASE WHEN s.seq = $seq THEN $change ELSE '' END
  RETURN c ORDER BY c.set, c.id LIMIT $most
}
WITH s, c ORDER BY s.seq, c.id LIMIT $most
WITH s, collect(CASE WHEN c IS NULL THEN null ELSE
                [c.id, c.op, c.type, c.record, c.link, c.source, c.target,
                 [key IN keys(c) WHERE key STARTS WITH 'before.' OR key STARTS WITH 'after.']] END) AS changes
RETURN s.seq, s.id, s.at, s.actor, s.reason, s.origin, changes
ORDER BY s.seq
