UNWIND $rows AS row
MATCH (d:Deleted {id: row.id})
CALL (row) {
  MATCH (v:LinkVersion {source: row.id}) RETURN collect(v) AS outgoing
}
CALL (row) {
  MATCH (v:LinkVersion {target: row.id}) RETURN collect(v) AS incoming
}
WITH row, d, outgoing + incoming AS versions
WITH row, d, versions, [v IN versions | v.id] AS links
CALL (row) {
  MATCH (c:Change) WHERE c.record = row.id AND c.at IS NOT NULL
  FOREACH (key IN [key IN keys(c) WHERE key STARTS WITH 'before.' OR key STARTS WITH 'after.'] | SET c[key] = null)
}
CALL (links) {
  UNWIND links AS link
  MATCH (c:Change) WHERE c.link = link AND c.at IS NOT NULL
  FOREACH (key IN [key IN keys(c) WHERE key STARTS WITH 'before.' OR key STARTS WITH 'after.'] | SET c[key] = null)
}
CALL (row) {
  MATCH (x:Insight {record: row.id}) WHERE x.engine IS NOT NULL
  DELETE x
}
CALL (row) {
  MATCH (kept:RecordVersion {id: row.id})
  DELETE kept
}
CREATE (c:Change {set: $set, type: row.type, at: $now})
SET c += row.change
FOREACH (v IN versions | DELETE v)
DELETE d
RETURN count(*) AS records
