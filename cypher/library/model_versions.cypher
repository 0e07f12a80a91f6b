MATCH (version:ModelVersion)
WHERE version.version < $before
RETURN version.version, version.at, version.actorName, version.reason, version.summary, version.changes, version.breaks
ORDER BY version.version DESC
LIMIT $most
