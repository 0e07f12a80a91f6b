UNWIND $ids AS id
MATCH (v:LinkVersion {id: id})
SET v.id = v.id
WITH v
WHERE v.knownTo IS NULL AND v.validTo IS NOT NULL
RETURN v.id, v.relation, v.source, v.target, v.version, v.validFrom, v.validTo,
       [end IN [v.source, v.target] WHERE NOT EXISTS { MATCH (:Record {id: end}) }] AS missing
