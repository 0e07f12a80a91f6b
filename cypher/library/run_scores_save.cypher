MATCH (r:AnalyticsRun {id: $run})
WHERE r.worker = $worker AND r.status = 'running'
MERGE (s:RunScores {run: $run, part: $part})
SET s = $facts, s.run = $run, s.part = $part
RETURN count(s)
