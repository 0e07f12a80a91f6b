CALL () {
  MATCH (a:Record)-[r:$($relation)]->(b:Record)
  WHERE NOT coalesce(r[$key] >= 0 AND r[$key] <= $most, r[$key] IS NULL)
  RETURN r.id AS link, a.id AS source, b.id AS target, toStringOrNull(r[$key]) AS weight
  LIMIT $shown
  UNION ALL
  MATCH (v:LinkVersion)
  WHERE v.relation = $relation AND v.knownTo IS NULL
    AND NOT coalesce(v[$key] >= 0 AND v[$key] <= $most, v[$key] IS NULL)
  RETURN v.id AS link, v.source AS source, v.target AS target, toStringOrNull(v[$key]) AS weight
  LIMIT $shown
}
RETURN link, source, target, weight
LIMIT $shown
