CREATE CONSTRAINT import_batch IF NOT EXISTS
FOR (n:ImportBatch) REQUIRE (n.run, n.label) IS UNIQUE
