MATCH (s:RunScores {run: $run})
WHERE s.part STARTS WITH $what
RETURN properties(s)
ORDER BY s.part
