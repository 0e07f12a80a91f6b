RETURN EXISTS { (:User) } AS anybody
