UNWIND $records AS record
MATCH (x:Insight {record: record})
WHERE x.engine IN $engines
RETURN x.record, x.engine, x.run, x.document
