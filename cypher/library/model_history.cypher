MATCH (version:ModelVersion)
WHERE version.version > $after
RETURN version.version, version.actorName, version.at, version.reason, version.summary
ORDER BY version.version
LIMIT 100
