UNWIND $ids AS id
MATCH (v:LinkVersion {id: id})
WHERE v.knownTo IS NULL OR v.closed_by = 'delete'
RETURN id, v.knownTo IS NULL AS past, properties(v)
