MERGE (r:ImportRun {id: $id})
SET r += $facts
