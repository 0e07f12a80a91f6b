UNWIND $rows AS row
CALL (row) {
  MATCH (v:LinkVersion {id: row.id})
  WHERE v.closed_by = 'delete'
  MATCH (a:Record {id: row.source})
  MATCH (b:Record {id: row.target})
  SET a.id = row.source, b.id = row.target
  WITH row, v, a, b, properties(v) AS was, CASE WHEN v.knownTo > $now THEN v.knownTo ELSE $now END AS moment
  WHERE NOT (row.single AND EXISTS { MATCH (a)-[o]->(b) WHERE type(o) = row.relation })
    AND coalesce(COUNT { MATCH (a)-[o]-() WHERE type(o) = row.relation AND (row.symmetric OR startNode(o) = a) }
      < row.mostOfSource, true)
    AND coalesce(COUNT { MATCH (b)-[o]-() WHERE type(o) = row.relation AND (row.symmetric OR endNode(o) = b) }
      < row.mostOfTarget, true)
  CREATE (a)-[l:$(row.relation)]->(b)
  SET l = was
  SET l.version = was.version + 1, l.updatedAt = $now, l.knownFrom = moment, l.held_from = moment
  REMOVE l.relation, l.source, l.target, l.knownTo, l.held_to, l.closed_in, l.closed_by
  SET v.closed_by = 'restored'
  CREATE (c:Change {set: $set, type: row.relation, at: $now, source: row.source, target: row.target})
  SET c += row.change
  FOREACH (key IN [key IN keys(l) WHERE NOT key IN ['id', 'version', 'createdAt', 'updatedAt', 'knownFrom', 'held_from']] |
    SET c['after.' + key] = was[key])
  RETURN count(l) AS made
}
RETURN sum(made) AS links
