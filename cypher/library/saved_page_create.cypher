OPTIONAL MATCH (other:SavedPage {owner: $facts.owner})
WHERE other.deletedAt IS NULL
WITH count(other) AS kept WHERE kept < $most
CREATE (p:SavedPage)
SET p = $facts
RETURN properties(p)
