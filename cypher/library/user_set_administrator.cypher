MATCH (u:User {nameKey: $nameKey})
SET u.name = u.name
WITH u, {administrator: u.administrator} AS before
SET u.administrator = $administrator
RETURN u.id, u.name, before, {administrator: u.administrator} AS after
