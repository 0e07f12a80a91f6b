UNWIND $names AS name
CALL (name) {
  MATCH (gone:EntityTypeDefinition {name: name}) RETURN gone
  UNION ALL
  MATCH (gone:RelationTypeDefinition {name: name}) RETURN gone
}
OPTIONAL MATCH (gone)-[:HAS_FIELD]->(field:FieldDefinition)
DETACH DELETE field, gone
