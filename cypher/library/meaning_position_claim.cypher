MERGE (s:MeaningState {type: ''})
ON CREATE SET s.mark = $mark, s.seq = $seq, s.change = $change
SET s.claimed = timestamp()
RETURN s.mark, s.seq, s.change
