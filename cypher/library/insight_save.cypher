MATCH (r:AnalyticsRun {id: $run})
WHERE r.worker = $worker AND r.status = 'running'
UNWIND range(0, size($records) - 1) AS i
MERGE (x:Insight {record: $records[i], engine: $engine})
SET x.type = $type, x.run = $number, x.document = $documents[i], x.records = $mentioned[i]
RETURN count(x)
