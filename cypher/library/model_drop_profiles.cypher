UNWIND $names AS name
MATCH (gone:ProfileDefinition {name: name})
DELETE gone
