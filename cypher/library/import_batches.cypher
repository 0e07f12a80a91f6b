MATCH (b:ImportBatch {run: $run})
RETURN b.label, b.set, b.created, b.updated, b.unchanged
ORDER BY b.set
