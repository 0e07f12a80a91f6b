CREATE INDEX insight_run IF NOT EXISTS
FOR (n:Insight) ON (n.engine, n.type, n.run)
