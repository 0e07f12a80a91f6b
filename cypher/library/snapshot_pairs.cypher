UNWIND $ids AS id
CALL (id) {
  MATCH (n:Record {id: id})-[r]->(m:Record)
  RETURN type(r) AS relation, n.id + m.id AS pair
  UNION
  MATCH (m:Record)-[r]->(n:Record {id: id})
  RETURN type(r) AS relation, m.id + n.id AS pair
  UNION
  MATCH (v:LinkVersion {source: id})
  WHERE v.knownTo IS NULL
  RETURN v.relation AS relation, v.source + v.target AS pair
  UNION
  MATCH (v:LinkVersion {target: id})
  WHERE v.knownTo IS NULL
  RETURN v.relation AS relation, v.source + v.target AS pair
}
RETURN relation, collect(DISTINCT pair) AS pairs
