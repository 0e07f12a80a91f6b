CALL db.stats.retrieve('GRAPH COUNTS') YIELD data
RETURN [each IN data.nodes WHERE each.label IS NOT NULL | [each.label, each.count]],
       [each IN data.relationships WHERE each.relationshipType IS NOT NULL AND each.startLabel IS NULL
          AND each.endLabel IS NULL | [each.relationshipType, each.count]]
