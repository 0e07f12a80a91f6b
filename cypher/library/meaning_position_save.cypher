MATCH (s:MeaningState {type: ''})
SET s.mark = $mark, s.seq = $seq, s.change = $change
RETURN s.seq
