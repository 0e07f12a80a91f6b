CREATE CONSTRAINT analytics_schedule_kind IF NOT EXISTS
FOR (n:AnalyticsSchedule) REQUIRE n.kind IS UNIQUE
