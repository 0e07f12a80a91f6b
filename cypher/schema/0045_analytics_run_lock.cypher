CREATE CONSTRAINT analytics_run_lock IF NOT EXISTS
FOR (n:AnalyticsRun) REQUIRE n.lock IS UNIQUE
