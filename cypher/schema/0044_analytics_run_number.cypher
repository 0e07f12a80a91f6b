CREATE CONSTRAINT analytics_run_number IF NOT EXISTS
FOR (n:AnalyticsRun) REQUIRE n.number IS UNIQUE
