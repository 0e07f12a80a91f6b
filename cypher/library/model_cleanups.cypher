MATCH (cleanup:ModelCleanup)
OPTIONAL MATCH (version:ModelVersion {version: cleanup.version})
RETURN cleanup.id, cleanup.step, version.id, version.actor
ORDER BY cleanup.version, cleanup.position
