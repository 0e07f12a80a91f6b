MATCH (s:SearchState)
RETURN s.type, s.mark, s.done
