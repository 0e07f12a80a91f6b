UNWIND $profiles AS properties
MERGE (profile:ProfileDefinition {name: properties.name})
ON CREATE SET profile.position = properties.position
SET profile.document = properties.document
