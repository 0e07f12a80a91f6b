CREATE INDEX analytics_run_status IF NOT EXISTS
FOR (n:AnalyticsRun) ON (n.status)
