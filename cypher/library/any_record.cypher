MATCH (r:Record)
RETURN r.id AS id
LIMIT 1
