MATCH (d:PageDelivery {person: $person, page: $page})
DELETE d
RETURN count(*)
