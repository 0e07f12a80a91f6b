OPTIONAL MATCH (root:ModelRoot {name: 'model'})
RETURN
  coalesce(root.version, 0),
  COLLECT {
    MATCH (type:EntityTypeDefinition)
    RETURN [properties(type), COLLECT {
      MATCH (type)-[:HAS_FIELD]->(field:FieldDefinition)
      RETURN properties(field) ORDER BY field.position
    }] ORDER BY type.position
  },
  COLLECT {
    MATCH (relation:RelationTypeDefinition)
    RETURN [properties(relation), COLLECT {
      MATCH (relation)-[:HAS_FIELD]->(field:FieldDefinition)
      RETURN properties(field) ORDER BY field.position
    }] ORDER BY relation.position
  },
  COLLECT {
    MATCH (profile:ProfileDefinition)
    RETURN profile.document ORDER BY profile.position
  }
