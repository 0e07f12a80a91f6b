MERGE (root:ModelRoot {name: 'model'})
ON CREATE SET root.version = 0
SET root.name = 'model'
WITH root
RETURN root.version
