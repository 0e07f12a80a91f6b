MATCH (document:PersistedDocument)
WHERE document.id > $after
RETURN document.id, document.name, document.text, document.at, document.by
ORDER BY document.id
LIMIT $most
