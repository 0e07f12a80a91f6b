UNWIND $rows AS row
MATCH (d:Deleted {id: row.id})
CALL (row) {
  MATCH (v:LinkVersion {source: row.id}) RETURN v
  UNION
  MATCH (v:LinkVersion {target: row.id}) RETURN v
}
WITH row, d, collect(v.id) AS links, collect(v) AS versions
CALL (row) {
  MATCH (c:Change {record: row.id})
  FOREACH (key IN [key IN keys(c) WHERE key STARTS WITH 'before.' OR key STARTS WITH 'after.'] | SET c[key] = null)
}
CALL (links) {
  UNWIND links AS link
  MATCH (c:Change {link: link})
  FOREACH (key IN [key IN keys(c) WHERE key STARTS WITH 'before.' OR key STARTS WITH 'after.'] | SET c[key] = null)
}
CREATE (c:Change {set: $set, type: row.type, at: $now})
SET c += row.change
FOREACH (v IN versions | DELETE v)
DELETE d
RETURN count(*) AS records
