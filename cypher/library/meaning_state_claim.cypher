MERGE (s:MeaningState {type: $type})
SET s.claimed = $version
WITH s, coalesce(s.version, -1) <= $version AS mine
FOREACH (once IN CASE WHEN mine AND coalesce(s.mark, '') <> $mark THEN [1] ELSE [] END |
  SET s.mark = $mark, s.after = '', s.done = false)
FOREACH (once IN CASE WHEN mine THEN [1] ELSE [] END | SET s.version = $version)
RETURN s.after, s.done OR NOT mine
