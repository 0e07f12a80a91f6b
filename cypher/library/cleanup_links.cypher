MATCH (source)-[link:$($relation)]->(target)
WHERE NOT any(label IN labels(source) WHERE label IN $sources) OR NOT any(label IN labels(target) WHERE label IN $targets)
WITH source, link, target LIMIT $batch
CREATE (version:LinkVersion)
SET version = properties(link)
SET version.relation = $relation, version.source = source.id, version.target = target.id,
    version.knownTo = $now, version.closedIn = $changeSet
DELETE link
RETURN count(version)
