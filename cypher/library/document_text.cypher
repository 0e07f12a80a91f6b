MATCH (document:PersistedDocument {id: $id})
RETURN document.text
