MATCH (:$($type))-[link]-()
WITH DISTINCT link, CASE WHEN link.knownFrom > $now THEN link.knownFrom ELSE $now END AS moment
LIMIT $batch
CREATE (version:LinkVersion)
SET version = properties(link)
SET version.relation = type(link), version.source = startNode(link).id, version.target = endNode(link).id,
    version.knownTo = moment, version.held_to = moment, version.closed_in = $changeSet, version.closed_by = 'model'
DELETE link
RETURN count(version)
