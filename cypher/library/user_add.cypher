OPTIONAL MATCH (taken:User {nameKey: $nameKey})
WITH taken WHERE taken IS NULL
CREATE (u:User {
  id: $id, name: $name, nameKey: $nameKey, passwordHash: $passwordHash, administrator: $administrator, createdAt: $now
})
RETURN u.id, u.name, NULL AS before, {administrator: u.administrator} AS after
