MATCH (r:AnalyticsRun)
WHERE r.number < $before AND ($engine IS NULL OR r.engine = $engine) AND ($status IS NULL OR r.status = $status)
  AND ($type IS NULL OR r.type = $type)
RETURN properties(r)
ORDER BY r.number DESC LIMIT $first
