MERGE (b:ImportBatch {run: $run, label: $label})
SET b += $facts
