CALL () { CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS neo4j }
CALL () { MATCH (n:Record) RETURN count(n) AS records }
CALL () { MATCH (n:Deleted) RETURN count(n) AS deleted }
CALL () { MATCH (n:Unnumbered) RETURN count(n) AS unnumbered }
CALL () {
  MATCH (r:AnalyticsRun) WHERE r.status IN ['queued', 'running']
  RETURN count(CASE r.status WHEN 'queued' THEN 1 END) AS queued, count(CASE r.status WHEN 'running' THEN 1 END) AS running
}
CALL () { MATCH (s:SearchState) WHERE NOT s.done RETURN collect(s.type) AS searchBehind }
CALL () {
  OPTIONAL MATCH (c:ChangeSet) WHERE c.id >= ''
  WITH c ORDER BY c.id DESC LIMIT 1
  RETURN c
}
OPTIONAL MATCH (u:User {id: c.actor})
RETURN neo4j, records, deleted, unnumbered, queued, running, searchBehind, c.at, coalesce(u.name, c.actor), c.seq
