MATCH (document:PersistedDocument)
WHERE document.id IN $ids
WITH document, document.id AS id
DELETE document
RETURN id
