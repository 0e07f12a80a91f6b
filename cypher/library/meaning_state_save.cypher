MATCH (s:MeaningState {type: $type})
SET s.after = $after, s.done = $done
RETURN s.done
