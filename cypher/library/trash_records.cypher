UNWIND $rows AS row
MATCH (n:Record {id: row.id})
WITH row, n, properties(n) AS was
WITH row, n, was, CASE WHEN was.knownFrom > $now THEN was.knownFrom ELSE $now END AS moment
CREATE (kept:RecordVersion)
SET kept = was
FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH 'insight_'] | SET kept[key] = null)
SET kept.type = row.type, kept.validTo = moment, kept.closed_at = moment, kept.closed_in = $set, kept.closed_by = 'delete'
CREATE (d:Deleted)
SET d = was
FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH 'insight_'] | SET d[key] = null)
SET d.type = row.type, d.deletedAt = $now, d.deletedBy = $actor, d.deletedIn = $set
CREATE (c:Change {set: $set, type: row.type, at: $now})
SET c += row.change
FOREACH (key IN [key IN keys(was) WHERE NOT key IN ['id', 'version', 'createdAt', 'updatedAt', 'validFrom', 'knownFrom'] AND NOT key STARTS WITH 'insight_'] |
  SET c['before.' + key] = was[key])
DELETE n
RETURN count(*) AS records
