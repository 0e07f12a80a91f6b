MATCH (:$($type))-[link]-()
WITH DISTINCT link LIMIT $batch
CREATE (version:LinkVersion)
SET version = properties(link)
SET version.relation = type(link), version.source = startNode(link).id, version.target = endNode(link).id,
    version.knownTo = $now, version.closedIn = $changeSet
DELETE link
RETURN count(version)
