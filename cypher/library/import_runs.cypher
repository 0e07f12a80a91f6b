MATCH (r:ImportRun)
RETURN r.id, r.mapping, r.path, r.fingerprint, r.status, r.actor, r.startedAt, r.finishedAt, r.report
ORDER BY r.id DESC LIMIT 1000
