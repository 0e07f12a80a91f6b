UNWIND $ids AS id
MATCH (v:LinkVersion {id: id})
WHERE v.knownTo IS NULL
RETURN id, properties(v)
