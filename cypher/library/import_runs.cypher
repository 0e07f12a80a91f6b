MATCH (r:ImportRun)
RETURN r.id, r.mapping, r.path, r.fingerprint, r.status, r.actor, r.startedAt, r.finishedAt, r.report, r.files
ORDER BY r.id DESC LIMIT 1000
