UNWIND $ids AS id
CALL (id) {
  MATCH (v:LinkVersion {source: id}) RETURN v
  UNION
  MATCH (v:LinkVersion {target: id}) RETURN v
}
WITH DISTINCT v
WHERE v.closed_by = 'delete' AND v.relation IN $relations AND NOT v.source IN $gone AND NOT v.target IN $gone
MATCH (a:Record {id: v.source})
MATCH (b:Record {id: v.target})
RETURN v.id AS id, v.relation AS relation, v.source AS source, v.target AS target
ORDER BY v.knownTo DESC, id
