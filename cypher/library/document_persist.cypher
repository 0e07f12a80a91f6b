UNWIND $documents AS row
MERGE (document:PersistedDocument {id: row.id})
ON CREATE SET document.text = row.text, document.name = row.name, document.at = $now, document.by = $by, document.new = true
WITH document, coalesce(document.new, false) AS new
REMOVE document.new
RETURN document.id, new
