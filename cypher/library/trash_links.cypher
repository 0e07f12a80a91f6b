UNWIND $rows AS row
MATCH (a:Record {id: row.source})-[l]->(b:Record {id: row.target})
WHERE l.id = row.id
SET l.id = row.id
WITH row, l, properties(l) AS was
WHERE was.id = row.id
WITH row, l, was, CASE WHEN was.knownFrom > $now THEN was.knownFrom ELSE $now END AS moment
CREATE (v:LinkVersion)
SET v = was
SET v.relation = row.relation, v.source = row.source, v.target = row.target,
    v.knownTo = moment, v.held_to = moment, v.closed_in = $set, v.closed_by = 'delete'
CREATE (c:Change {set: $set, type: row.relation, at: $now, source: row.source, target: row.target})
SET c += row.change
FOREACH (key IN [key IN keys(was) WHERE NOT key IN ['id', 'version', 'createdAt', 'updatedAt', 'knownFrom', 'held_from']] |
  SET c['before.' + key] = was[key])
DELETE l
RETURN count(*) AS links
