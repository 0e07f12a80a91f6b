CREATE CONSTRAINT run_scores IF NOT EXISTS
FOR (n:RunScores) REQUIRE (n.run, n.part) IS UNIQUE
