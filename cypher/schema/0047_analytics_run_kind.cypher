CREATE INDEX analytics_run_kind IF NOT EXISTS
FOR (n:AnalyticsRun) ON (n.kind)
