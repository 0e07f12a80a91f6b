UNWIND $rows AS row
MATCH (v:LinkVersion {id: row.id})
WHERE v.knownTo IS NULL
WITH row, v, properties(v) AS was
SET v.knownTo = $now, v.closed_in = $set, v.closed_by = 'unlink'
CREATE (c:Change {set: $set, type: v.relation, at: $now, source: v.source, target: v.target})
SET c += row.change
FOREACH (key IN [key IN keys(was) WHERE NOT key IN
    ['id', 'version', 'createdAt', 'updatedAt', 'knownFrom', 'held_from', 'relation', 'source', 'target', 'closed_in', 'closed_by']] |
  SET c['before.' + key] = was[key])
WITH row
CALL (row) {
  MATCH (past:LinkVersion {id: row.id})
  WHERE past.held_to IS NOT NULL AND past.retracted_at IS NULL
  SET past.retracted_at = $now, past.retracted_in = $set
}
RETURN row.id AS id
