UNWIND $relations AS row
MERGE (relation:RelationTypeDefinition {name: row.name})
ON CREATE SET relation.position = row.position
SET relation += row.properties
WITH relation, row
CALL (relation) {
  MATCH (relation)-[:HAS_FIELD]->(old:FieldDefinition)
  DETACH DELETE old
}
CALL (relation) {
  MATCH (relation)-[end:FROM|TO]->(:EntityTypeDefinition)
  DELETE end
}
CALL (relation, row) {
  UNWIND row.fields AS properties
  CREATE (relation)-[:HAS_FIELD]->(field:FieldDefinition)
  SET field = properties
}
CALL (relation, row) {
  UNWIND row.sources AS name
  MATCH (type:EntityTypeDefinition {name: name})
  CREATE (relation)-[:FROM]->(type)
}
CALL (relation, row) {
  UNWIND row.targets AS name
  MATCH (type:EntityTypeDefinition {name: name})
  CREATE (relation)-[:TO]->(type)
}
