CREATE (s:ChangeSet {id: $id}) RETURN s.id AS id
