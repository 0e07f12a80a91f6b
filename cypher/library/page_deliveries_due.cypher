MATCH (d:PageDelivery)
WHERE d.nextAt <= $now
RETURN properties(d)
ORDER BY d.nextAt
LIMIT $most
