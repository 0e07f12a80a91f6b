RETURN EXISTS { MATCH (:User {id: $actor}) } OR EXISTS { MATCH (:ChangeSet {actor: $actor}) } AS known
