UNWIND $rows AS row
MATCH (d:Deleted {id: row.id})
WITH row, d, properties(d) AS was
WITH row, d, was, reduce(last = $now, at IN [was.knownFrom, was.deletedAt] | CASE WHEN at > last THEN at ELSE last END) AS moment
CREATE (n:Record:$(row.type))
SET n = was
SET n.version = was.version + 1, n.updatedAt = $now, n.validFrom = moment, n.knownFrom = moment
REMOVE n.type, n.deletedAt, n.deletedBy, n.deletedIn
CREATE (c:Change {set: $set, type: row.type, at: $now})
SET c += row.change
FOREACH (key IN [key IN keys(n) WHERE NOT key IN ['id', 'version', 'createdAt', 'updatedAt', 'validFrom', 'knownFrom']] |
  SET c['after.' + key] = was[key])
SET n.insight_search = row.search
DELETE d
RETURN count(*) AS records
