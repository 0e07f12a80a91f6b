MATCH (u:User {nameKey: $nameKey})
SET u.name = u.name
WITH u, {disabled: u.disabledAt IS NOT NULL} AS before
REMOVE u.disabledAt
RETURN u.id, u.name, before, {disabled: false} AS after
