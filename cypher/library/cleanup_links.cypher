MATCH (source)-[link:$($relation)]->(target)
WHERE NOT any(label IN labels(source) WHERE label IN $sources) OR NOT any(label IN labels(target) WHERE label IN $targets)
WITH source, link, target, CASE WHEN link.knownFrom > $now THEN link.knownFrom ELSE $now END AS moment
LIMIT $batch
CREATE (version:LinkVersion)
SET version = properties(link)
SET version.relation = $relation, version.source = source.id, version.target = target.id,
    version.knownTo = moment, version.held_to = moment, version.closed_in = $changeSet, version.closed_by = 'model'
DELETE link
RETURN count(version)
