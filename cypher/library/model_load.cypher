MATCH (definition:EntityTypeDefinition|RelationTypeDefinition|ProfileDefinition)
OPTIONAL MATCH (definition)-[:HAS_FIELD]->(field:FieldDefinition)
RETURN head(labels(definition)), properties(definition), collect(properties(field))
