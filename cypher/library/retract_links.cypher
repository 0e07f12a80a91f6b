UNWIND $rows AS row
MATCH (v:LinkVersion {id: row.id})
WHERE v.knownTo IS NULL
WITH row, v, properties(v) AS was
SET v.knownTo = $now, v.closedIn = $set, v.closedBy = 'unlink'
CREATE (c:Change {set: $set, type: v.relation, at: $now, source: v.source, target: v.target})
SET c += row.change
FOREACH (key IN [key IN keys(was) WHERE NOT key IN
    ['id', 'version', 'createdAt', 'updatedAt', 'knownFrom', 'heldFrom', 'relation', 'source', 'target', 'closedIn', 'closedBy']] |
  SET c['before.' + key] = was[key])
WITH row
CALL (row) {
  MATCH (past:LinkVersion {id: row.id})
  WHERE past.heldTo IS NOT NULL AND past.retractedAt IS NULL
  SET past.retractedAt = $now, past.retractedIn = $set
}
RETURN row.id AS id
