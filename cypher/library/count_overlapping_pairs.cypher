MATCH (source)-[link:$($relation)]->(target)
WITH CASE WHEN $symmetric AND source.id > target.id THEN [target.id, source.id] ELSE [source.id, target.id] END AS pair,
     collect(link) AS links
WHERE any(one IN links WHERE any(other IN links WHERE one.id < other.id
  AND (one.validFrom IS NULL OR other.validTo IS NULL OR one.validFrom < other.validTo)
  AND (other.validFrom IS NULL OR one.validTo IS NULL OR other.validFrom < one.validTo)))
RETURN count(pair)
