CREATE CONSTRAINT persisted_document_id IF NOT EXISTS
FOR (n:PersistedDocument) REQUIRE n.id IS UNIQUE
