MATCH (p:Person {id: $person}), (friend:Person {firstName: $firstName})
WHERE p <> friend
MATCH path = shortestPath((p)-[:KNOWS*1..3]-(friend))
WITH friend, length(path) AS distance ORDER BY distance, friend.lastName, friend.number LIMIT 20
MATCH (friend)-[:LIVES_IN]->(city:Place)
RETURN friend.number, friend.lastName, distance, friend.birthday, friend.creationDate, friend.gender, friend.browserUsed,
  friend.locationIP, friend.emails, friend.languages, city.name,
  COLLECT {
    MATCH (friend)-[study:STUDY_AT]->(university:Organisation)-[:SITUATED_IN]->(place:Place)
    WITH study, university, place ORDER BY university.number
    RETURN [university.name, study.classYear, place.name]
  } AS universities,
  COLLECT {
    MATCH (friend)-[job:WORK_AT]->(company:Organisation)-[:SITUATED_IN]->(place:Place)
    WITH job, company, place ORDER BY company.number
    RETURN [company.name, job.workFrom, place.name]
  } AS companies
ORDER BY distance, friend.lastName, friend.number
