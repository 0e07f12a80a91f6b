CALL () {
  MATCH (n:Record {id: $id})
  RETURN [label IN labels(n) WHERE label <> 'Record'][0] AS type
  UNION ALL
  MATCH (v:RecordVersion {id: $id})
  RETURN v.type AS type
}
RETURN type
LIMIT 1
