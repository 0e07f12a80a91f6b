MATCH (root:ModelRoot {name: 'model'})
SET root.version = $version.version
CREATE (version:ModelVersion)
SET version = $version
CREATE (:ChangeSet:Unnumbered {
  id: $version.id, at: $version.at, actor: $version.actor, reason: $version.reason, origin: 'model',
  modelVersion: $version.version
})
WITH version
UNWIND $cleanups AS properties
CREATE (cleanup:ModelCleanup)
SET cleanup = properties
