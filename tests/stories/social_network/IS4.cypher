MATCH (m:Message {id: $message})
RETURN m.creationDate, coalesce(m.content, m.imageFile)
