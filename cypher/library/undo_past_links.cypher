UNWIND $ids AS id
MATCH (v:LinkVersion {id: id})
WHERE v.knownTo IS NULL OR v.closedBy = 'delete'
RETURN id, v.knownTo IS NULL AS past, properties(v)
