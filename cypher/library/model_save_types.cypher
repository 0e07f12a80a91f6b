UNWIND $types AS row
MERGE (type:EntityTypeDefinition {name: row.name})
ON CREATE SET type.position = row.position
SET type += row.properties
WITH type, row
CALL (type) {
  MATCH (type)-[:HAS_FIELD]->(old:FieldDefinition)
  DETACH DELETE old
}
CALL (type, row) {
  UNWIND row.fields AS properties
  CREATE (type)-[:HAS_FIELD]->(field:FieldDefinition)
  SET field = properties
}
