MATCH (p:Person {id: $person})-[:LIVES_IN]->(city:Place)
RETURN p.firstName, p.lastName, p.birthday, p.locationIP, p.browserUsed, city.number, p.gender, p.creationDate
