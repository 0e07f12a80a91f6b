MATCH (cleanup:ModelCleanup {id: $id})
DELETE cleanup
