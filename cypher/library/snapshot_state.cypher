CALL db.info() YIELD id
OPTIONAL MATCH (k:Sequence {name: 'changes'})
OPTIONAL MATCH (root:ModelRoot {name: 'model'})
WITH id, coalesce(properties(k).last, 0) AS seq, coalesce(root.version, 0) AS version
OPTIONAL MATCH (s:ChangeSet {seq: seq})
OPTIONAL MATCH (known:ChangeSet {seq: $seq})
RETURN id, seq, coalesce(s.id, '') AS mark, coalesce(known.id, '') AS known, version,
       EXISTS { MATCH (:ModelCleanup) } AS unsettled
