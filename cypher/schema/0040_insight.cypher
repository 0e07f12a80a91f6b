CREATE CONSTRAINT insight IF NOT EXISTS
FOR (n:Insight) REQUIRE (n.record, n.engine) IS UNIQUE
