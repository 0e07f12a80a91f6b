OPTIONAL MATCH (root:ModelRoot {name: 'model'})
RETURN coalesce(root.version, 0)
