MATCH (source)-[link:$($owner)]->(target)
WHERE link[$key] IS NULL
WITH source, link, target, CASE WHEN link.knownFrom > $now THEN link.knownFrom ELSE $now END AS moment
LIMIT $batch
CREATE (version:LinkVersion)
SET version = properties(link)
SET version.relation = $owner, version.source = source.id, version.target = target.id,
    version.knownTo = moment, version.heldTo = moment, version.closedIn = $changeSet, version.closedBy = 'model'
SET link += $values, link.knownFrom = moment, link.heldFrom = moment
RETURN count(link)
