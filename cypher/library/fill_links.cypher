MATCH (source)-[link:$($owner)]->(target)
WHERE link[$key] IS NULL
WITH source, link, target, CASE WHEN link.knownFrom > $now THEN link.knownFrom ELSE $now END AS moment
LIMIT $batch
CREATE (version:LinkVersion)
SET version = properties(link)
SET version.relation = $owner, version.source = source.id, version.target = target.id,
    version.knownTo = moment, version.held_to = moment, version.closed_in = $changeSet, version.closed_by = 'model'
SET link += $values, link.knownFrom = moment, link.held_from = moment
RETURN count(link)
