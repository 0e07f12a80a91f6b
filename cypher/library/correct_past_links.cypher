UNWIND $rows AS row
CALL (row) {
  MATCH (n:Record)
  WHERE n.id IN CASE WHEN row.living THEN [row.source, row.target] WHEN row.single THEN [row.source] ELSE [] END
  SET n.id = n.id
  RETURN count(n) AS locked
}
CALL (row) {
  MATCH (past:LinkVersion {id: row.id})
  WHERE past.held_to IS NOT NULL AND past.retracted_at IS NULL
  WITH past ORDER BY past.held_to
  RETURN collect(past) AS held
}
CALL (row, held) {
  MATCH (v:LinkVersion {id: row.id})
  WHERE v.knownTo IS NULL
  WITH v, [past IN held WHERE past.held_to >= row.until] + [v] AS states, properties(v) AS was,
       CASE WHEN v.knownFrom > $now THEN v.knownFrom ELSE $now END AS moment
  UNWIND keys(row.props) AS key
  WITH v, was, moment, states, key, [state IN states
    WHERE coalesce(state[key] <> row.props[key], state[key] IS NOT NULL OR row.props[key] IS NOT NULL)] AS other
  WHERE other <> []
  WITH v, was, moment, states, collect([key, head(other)[key]]) AS changed
  SET v.knownTo = moment, v.closed_in = $set, v.closed_by = 'update'
  CREATE (c:Change {set: $set, type: row.relation, at: $now, source: row.source, target: row.target})
  SET c += row.change
  FOREACH (pair IN changed | SET c['before.' + pair[0]] = pair[1] SET c['after.' + pair[0]] = row.props[pair[0]])
  WITH row, held, was, moment
  CALL (row, was, moment) {
    WITH row, was, moment WHERE NOT row.living
    CREATE (e:LinkVersion)
    SET e = was
    SET e += row.props
    SET e.version = was.version + 1, e.updatedAt = $now, e.knownFrom = moment, e.closed_in = $set, e.closed_by = 'end'
    RETURN count(e) AS over
  }
  CALL (row, was, moment) {
    WITH row, was, moment WHERE row.living
    MATCH (a:Record {id: row.source})
    MATCH (b:Record {id: row.target})
    CREATE (a)-[l:$(row.relation)]->(b)
    SET l = was
    SET l += row.props
    SET l.version = was.version + 1, l.updatedAt = $now, l.knownFrom = moment
    REMOVE l.relation, l.source, l.target, l.closed_in, l.closed_by
    RETURN count(l) AS living
  }
  CALL (row, held, moment) {
    UNWIND held AS past
    WITH row, past, moment, coalesce(past.held_to >= row.until, false) AS latest
    WHERE row.times OR latest
    CREATE (again:LinkVersion)
    SET again = properties(past)
    SET again.knownFrom = moment, again.knownTo = moment, again.closed_in = $set, again.closed_by = 'update'
    FOREACH (key IN [key IN keys(row.props) WHERE latest OR key IN ['validFrom', 'validTo']] |
      SET again[key] = row.props[key])
    SET past.retracted_at = moment, past.retracted_in = $set
    RETURN count(past) AS again
  }
  RETURN count(*) AS written
}
WITH collect([row, written]) AS done
UNWIND done AS each
WITH each[0] AS row, each[1] AS written
RETURN row.id, written > 0 AS changed, row.single AND (
  EXISTS {
    MATCH (:Record {id: row.source})-[o]->(:Record {id: row.target})
    WHERE type(o) = row.relation AND o.id <> row.id
      AND coalesce(o.validFrom < row.until, true) AND coalesce(row.since < o.validTo, true)
  } OR EXISTS {
    MATCH (o:LinkVersion {source: row.source, target: row.target})
    WHERE o.relation = row.relation AND o.knownTo IS NULL AND o.id <> row.id
      AND coalesce(o.validFrom < row.until, true) AND coalesce(row.since < o.validTo, true)
  }) AS taken
