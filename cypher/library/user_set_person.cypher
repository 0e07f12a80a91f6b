MATCH (u:User {nameKey: $nameKey})
OPTIONAL MATCH (r:Record {id: $person})
SET u.name = u.name
WITH u, r, {person: u.person} AS before, ($person IS NULL OR r IS NOT NULL) AS known
SET u.person = CASE WHEN known THEN r.id ELSE u.person END
RETURN u.id, u.name, before, {person: u.person} AS after, known
