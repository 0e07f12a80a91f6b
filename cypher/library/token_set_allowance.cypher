MATCH (t:Token {id: $id})
SET t.costOperation = $operation, t.costMinute = $minute
RETURN t.id
