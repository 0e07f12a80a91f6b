"""The whole text of writing statements, for every kind of group."""

from __future__ import annotations

import pytest

from cypher.ast import CallSubquery, Item, Literal, Query, Return, Var
from cypher.compile.writes import (
    CheckLimits,
    CloseLinks,
    Closing,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Group,
    LinkKind,
    UpdateLinks,
    UpdateRecords,
    WriteShape,
    compile_checks,
    compile_write,
)

MODEL = "CALL () { OPTIONAL MATCH (m:ModelRoot) RETURN coalesce(max(m.version), 0) AS model }"
MARKED = "CREATE (s:ChangeSet:Unnumbered), (o:Outbox) SET s = $changeSet SET o = $outbox SET s.at = $now, o.at = $now"
GROUPS: dict[str, tuple[Group, str]] = {
    "new_records": (
        CreateRecords("Person"),
        (
            "UNWIND $w0 AS row CREATE (n:Record:Person {version: 1, createdAt: $now, updatedAt: $now, validFrom: "
            "$now, knownFrom: $now}) SET n += row.props CREATE (c:Change {`set`: $changeSet.id, type: 'Person', "
            "at: $now}) SET c += row.change RETURN [count(n), count(n)] AS w0"
        ),
    ),
    "changed_records": (
        UpdateRecords("Person"),
        (
            "UNWIND $w0 AS row MATCH (n:Record {id: row.id}) WHERE n:Person AND coalesce(n.version = row.version,"
            " true) WITH row, n, properties(n) AS was WITH row, n, was, CASE WHEN was.knownFrom > $now THEN "
            "was.knownFrom ELSE $now END AS moment, [key IN keys(row.props) WHERE coalesce(was[key] <> "
            "row.props[key], was[key] IS NOT NULL OR row.props[key] IS NOT NULL)] AS changed FOREACH (once IN "
            "CASE WHEN changed <> [] THEN [1] ELSE [] END | CREATE (kept:RecordVersion) SET kept = was SET "
            "kept.type = 'Person', kept.validTo = moment, kept.closed_at = moment, kept.closed_in = $changeSet.id, "
            "kept.closed_by = 'update' FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH 'insight_'] | SET "
            "kept[key] = null) SET n += row.props SET n.version = (was.version + 1), n.updatedAt = $now SET "
            "n.validFrom = moment, n.knownFrom = moment CREATE (c:Change {`set`: $changeSet.id, type: 'Person', "
            "at: $now}) SET c += row.change FOREACH (key IN changed | SET c['before.' + key] = was[key] SET "
            "c['after.' + key] = row.props[key])) RETURN [count(row), count(CASE WHEN changed <> [] THEN 1 END)] "
            "AS w0"
        ),
    ),
    "records_as_they_have_been_since_a_moment": (
        CorrectRecords("Person"),
        (
            "UNWIND $w0 AS row MATCH (n:Record {id: row.id}) WHERE n:Person AND coalesce(n.version = row.version,"
            " true) AND (row.clipped OR n.validFrom <= row.since OR EXISTS { MATCH (first:RecordVersion {id: "
            "row.id}) WHERE first.knownTo IS NULL AND first.validFrom <= row.since }) WITH row, n, properties(n) "
            "AS was WITH row, n, was, CASE WHEN was.knownFrom > $now THEN was.knownFrom ELSE $now END AS moment, "
            "[key IN keys(row.props) WHERE coalesce(was[key] <> row.props[key], was[key] IS NOT NULL OR "
            "row.props[key] IS NOT NULL)] AS changed CALL (row) { MATCH (past:RecordVersion {id: row.id}) WHERE "
            "past.closed_at > row.since AND past.knownTo IS NULL AND past.validTo > row.since AND past.validFrom <"
            " past.validTo AND [key IN keys(row.props) WHERE coalesce(past[key] <> row.props[key], past[key] IS "
            "NOT NULL OR row.props[key] IS NOT NULL)] <> [] WITH past ORDER BY past.validFrom DESC RETURN "
            "collect(past) AS states } WITH row, n, was, moment, changed, states, CASE WHEN changed <> [] THEN "
            "[1] ELSE [] END AS now WITH row, n, was, moment, changed, states, now, CASE WHEN now <> [] THEN was "
            "ELSE properties(head(states)) END AS latest FOREACH (past IN states | FOREACH (once IN CASE WHEN "
            "past.validFrom < row.since THEN [1] ELSE [] END | CREATE (piece:RecordVersion) SET piece = "
            "properties(past) SET piece.validFrom = past.validFrom, piece.validTo = row.since, piece.knownFrom = "
            "moment, piece.closed_at = moment, piece.closed_in = $changeSet.id, piece.closed_by = 'correct') FOREACH"
            " (once IN CASE WHEN CASE WHEN past.validFrom > row.since THEN past.validFrom ELSE row.since END < "
            "past.validTo THEN [1] ELSE [] END | CREATE (piece:RecordVersion) SET piece = properties(past) SET "
            "piece += row.props SET piece.validFrom = CASE WHEN past.validFrom > row.since THEN past.validFrom "
            "ELSE row.since END, piece.validTo = past.validTo, piece.knownFrom = moment, piece.closed_at = moment,"
            " piece.closed_in = $changeSet.id, piece.closed_by = 'correct') SET past.knownTo = moment, "
            "past.superseded_in = $changeSet.id) FOREACH (once IN now | CREATE (kept:RecordVersion) SET kept = was"
            " SET kept.type = 'Person', kept.validTo = moment, kept.closed_at = moment, kept.closed_in = "
            "$changeSet.id, kept.closed_by = 'correct' FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH "
            "'insight_'] | SET kept[key] = null) SET kept.knownTo = moment, kept.superseded_in = $changeSet.id "
            "FOREACH (once IN CASE WHEN was.validFrom < row.since THEN [1] ELSE [] END | CREATE "
            "(piece:RecordVersion) SET piece = was FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH "
            "'insight_'] | SET piece[key] = null) SET piece.validFrom = was.validFrom, piece.validTo = row.since,"
            " piece.knownFrom = moment, piece.closed_at = moment, piece.closed_in = $changeSet.id, piece.closed_by ="
            " 'correct', piece.type = 'Person') SET n += row.props SET n.version = (was.version + 1), n.updatedAt"
            " = $now, n.validFrom = CASE WHEN was.validFrom > row.since THEN was.validFrom ELSE row.since END, "
            "n.knownFrom = moment) FOREACH (once IN CASE WHEN (size(states) + size(now)) > 0 THEN [1] ELSE [] END"
            " | CREATE (c:Change {`set`: $changeSet.id, type: 'Person', at: $now, validFrom: row.since}) SET c +="
            " row.change FOREACH (key IN [key IN keys(row.props) WHERE coalesce(latest[key] <> row.props[key], "
            "latest[key] IS NOT NULL OR row.props[key] IS NOT NULL)] | SET c['before.' + key] = latest[key] SET "
            "c['after.' + key] = row.props[key])) RETURN [count(row), count(CASE WHEN (size(states) + size(now)) "
            "> 0 THEN 1 END)] AS w0"
        ),
    ),
    "records_as_they_were_for_a_time": (
        CorrectRecords("Person", until=True),
        (
            "UNWIND $w0 AS row MATCH (n:Record {id: row.id}) WHERE n:Person AND coalesce(n.version = row.version,"
            " true) AND (row.clipped OR n.validFrom <= row.since OR EXISTS { MATCH (first:RecordVersion {id: "
            "row.id}) WHERE first.knownTo IS NULL AND first.validFrom <= row.since }) WITH row, n, properties(n) "
            "AS was WITH row, n, was, CASE WHEN was.knownFrom > $now THEN was.knownFrom ELSE $now END AS moment, "
            "[key IN keys(row.props) WHERE coalesce(was[key] <> row.props[key], was[key] IS NOT NULL OR "
            "row.props[key] IS NOT NULL)] AS changed CALL (row) { MATCH (past:RecordVersion {id: row.id}) WHERE "
            "past.closed_at > row.since AND past.knownTo IS NULL AND past.validTo > row.since AND past.validFrom <"
            " row.until AND past.validFrom < past.validTo AND [key IN keys(row.props) WHERE coalesce(past[key] <>"
            " row.props[key], past[key] IS NOT NULL OR row.props[key] IS NOT NULL)] <> [] WITH past ORDER BY "
            "past.validFrom DESC RETURN collect(past) AS states } WITH row, n, was, moment, changed, states, CASE"
            " WHEN changed <> [] AND was.validFrom < row.until THEN [1] ELSE [] END AS now WITH row, n, was, "
            "moment, changed, states, now, CASE WHEN now <> [] THEN was ELSE properties(head(states)) END AS "
            "latest FOREACH (past IN states | FOREACH (once IN CASE WHEN past.validFrom < row.since THEN [1] ELSE"
            " [] END | CREATE (piece:RecordVersion) SET piece = properties(past) SET piece.validFrom = "
            "past.validFrom, piece.validTo = row.since, piece.knownFrom = moment, piece.closed_at = moment, "
            "piece.closed_in = $changeSet.id, piece.closed_by = 'correct') FOREACH (once IN CASE WHEN CASE WHEN "
            "past.validFrom > row.since THEN past.validFrom ELSE row.since END < CASE WHEN past.validTo < "
            "row.until THEN past.validTo ELSE row.until END THEN [1] ELSE [] END | CREATE (piece:RecordVersion) "
            "SET piece = properties(past) SET piece += row.props SET piece.validFrom = CASE WHEN past.validFrom >"
            " row.since THEN past.validFrom ELSE row.since END, piece.validTo = CASE WHEN past.validTo < "
            "row.until THEN past.validTo ELSE row.until END, piece.knownFrom = moment, piece.closed_at = moment, "
            "piece.closed_in = $changeSet.id, piece.closed_by = 'correct') FOREACH (once IN CASE WHEN row.until < "
            "past.validTo THEN [1] ELSE [] END | CREATE (piece:RecordVersion) SET piece = properties(past) SET "
            "piece.validFrom = row.until, piece.validTo = past.validTo, piece.knownFrom = moment, piece.closed_at "
            "= moment, piece.closed_in = $changeSet.id, piece.closed_by = 'correct') SET past.knownTo = moment, "
            "past.superseded_in = $changeSet.id) FOREACH (once IN now | CREATE (kept:RecordVersion) SET kept = was"
            " SET kept.type = 'Person', kept.validTo = moment, kept.closed_at = moment, kept.closed_in = "
            "$changeSet.id, kept.closed_by = 'correct' FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH "
            "'insight_'] | SET kept[key] = null) SET kept.knownTo = moment, kept.superseded_in = $changeSet.id "
            "FOREACH (once IN CASE WHEN was.validFrom < row.since THEN [1] ELSE [] END | CREATE "
            "(piece:RecordVersion) SET piece = was FOREACH (key IN [key IN keys(was) WHERE key STARTS WITH "
            "'insight_'] | SET piece[key] = null) SET piece.validFrom = was.validFrom, piece.validTo = row.since,"
            " piece.knownFrom = moment, piece.closed_at = moment, piece.closed_in = $changeSet.id, piece.closed_by ="
            " 'correct', piece.type = 'Person') FOREACH (once IN CASE WHEN CASE WHEN was.validFrom > row.since "
            "THEN was.validFrom ELSE row.since END < row.until THEN [1] ELSE [] END | CREATE "
            "(piece:RecordVersion) SET piece = was SET piece += row.props FOREACH (key IN [key IN keys(was) WHERE"
            " key STARTS WITH 'insight_'] | SET piece[key] = null) SET piece.validFrom = CASE WHEN was.validFrom "
            "> row.since THEN was.validFrom ELSE row.since END, piece.validTo = row.until, piece.knownFrom = "
            "moment, piece.closed_at = moment, piece.closed_in = $changeSet.id, piece.closed_by = 'correct', "
            "piece.type = 'Person') SET n.validFrom = row.until, n.knownFrom = moment) FOREACH (once IN CASE WHEN"
            " (size(states) + size(now)) > 0 THEN [1] ELSE [] END | CREATE (c:Change {`set`: $changeSet.id, type:"
            " 'Person', at: $now, validFrom: row.since, validTo: row.until}) SET c += row.change FOREACH (key IN "
            "[key IN keys(row.props) WHERE coalesce(latest[key] <> row.props[key], latest[key] IS NOT NULL OR "
            "row.props[key] IS NOT NULL)] | SET c['before.' + key] = latest[key] SET c['after.' + key] = "
            "row.props[key])) RETURN [count(row), count(CASE WHEN (size(states) + size(now)) > 0 THEN 1 END)] AS "
            "w0"
        ),
    ),
    "new_links_between_records_of_the_same_request": (
        CreateLinks(LinkKind("WORKS_AT", ("Person",), ("Company",), temporal=True, single=False)),
        (
            "UNWIND $w0 AS row MATCH (a:Record {id: row.source}) WHERE coalesce(a:Person, false) MATCH "
            "(b:Record {id: row.target}) WHERE coalesce(b:Company, false) "
            "CREATE (a)-[l:WORKS_AT {version: 1, createdAt: $now, updatedAt: $now, knownFrom: "
            "$now}]->(b) SET l += row.props CREATE (c:Change {`set`: $changeSet.id, type: 'WORKS_AT', at: $now, "
            "source: a.id, target: b.id}) SET c += row.change RETURN [count(l), count(l)] AS w0"
        ),
    ),
    "new_links_of_pairs": (
        CreateLinks(LinkKind("OWNS", ("Company",), ("Company", "Fund"), most_of_target=1), check_pair=True),
        (
            "UNWIND $w0 AS row MATCH (a:Record {id: row.source}) WHERE coalesce(a:Company, false) MATCH (b:Record"
            " {id: row.target}) WHERE coalesce(b:Company OR b:Fund, false) AND NOT coalesce((EXISTS { MATCH "
            "(a)-[o:OWNS]->(b) }), false) CREATE (a)-[l:OWNS {version: 1, createdAt: $now, updatedAt: $now, knownFrom: $now, "
            "held_from: $now}]->(b) SET l += row.props CREATE (c:Change {`set`: $changeSet.id, type: 'OWNS', at: "
            "$now, source: a.id, target: b.id}) SET c += row.change RETURN [count(l), count(l)] AS w0"
        ),
    ),
    "links_of_an_end_counted": (
        CheckLimits(LinkKind("OWNS", ("Company",), ("Company", "Fund"), most_of_target=1)),
        (
            "UNWIND $w0 AS row MATCH (a)-[l:OWNS {id: row.id}]->(b) USING INDEX SEEK l:OWNS(id) WITH * WHERE NOT "
            "coalesce((COUNT { MATCH (b)<-[o:OWNS]-() } > 1), false) RETURN [count(row), count(row)] AS w0"
        ),
    ),
    "links_that_are_over": (
        CreateLinks(LinkKind("WORKS_AT", ("Person",), ("Company",), temporal=True, single=False), past=True),
        (
            "UNWIND $w0 AS row MATCH (a:Record {id: row.source}) WHERE coalesce(a:Person, false) MATCH "
            "(b:Record {id: row.target}) WHERE coalesce(b:Company, false) "
            "CREATE (l:LinkVersion {version: 1, createdAt: $now, updatedAt: $now, knownFrom: "
            "$now, relation: 'WORKS_AT', source: a.id, target: b.id, closed_in: $changeSet.id, closed_by: 'end'}) "
            "SET l += row.props CREATE (c:Change {`set`: $changeSet.id, type: 'WORKS_AT', at: $now, source: a.id,"
            " target: b.id}) SET c += row.change RETURN [count(l), count(l)] AS w0"
        ),
    ),
    "changed_links": (
        UpdateLinks(LinkKind("WORKS_AT", ("Person",), ("Company",), temporal=True, single=False)),
        (
            "UNWIND $w0 AS row MATCH (a)-[l:WORKS_AT {id: row.id}]->(b) USING INDEX SEEK l:WORKS_AT(id) WHERE "
            "coalesce(row.near IN [a.id, b.id], true) AND coalesce(l.version = row.version, true) SET l.id = "
            "row.id WITH row, a, b, l, properties(l) AS was WITH row, a, b, l, was, CASE WHEN was.knownFrom > "
            "$now THEN was.knownFrom ELSE $now END AS moment, [key IN keys(row.props) WHERE coalesce(was[key] <> "
            "row.props[key], was[key] IS NOT NULL OR row.props[key] IS NOT NULL)] AS changed WITH * WHERE was.id "
            "= row.id AND coalesce(was.version = row.version, true) FOREACH (once IN CASE WHEN changed <> [] THEN"
            " [1] ELSE [] END | CREATE (v:LinkVersion) SET v = was SET v.relation = 'WORKS_AT', v.source = a.id, "
            "v.target = b.id, v.closed_in = $changeSet.id, v.closed_by = 'update' SET v.knownTo = moment SET "
            "v.held_to = moment SET l.held_from = moment SET l += row.props SET l.version = (was.version + 1), "
            "l.updatedAt = $now SET l.knownFrom = moment CREATE (c:Change {`set`: $changeSet.id, type: "
            "'WORKS_AT', at: $now, source: a.id, target: b.id}) SET c += row.change FOREACH (key IN changed | SET"
            " c['before.' + key] = was[key] SET c['after.' + key] = row.props[key])) RETURN [count(row), "
            "count(CASE WHEN changed <> [] THEN 1 END)] AS w0"
        ),
    ),
    "moved_times_of_a_pair": (
        UpdateLinks(LinkKind("SITS_IN", ("Person",), ("Company",), temporal=True), times=True),
        (
            "UNWIND $w0 AS row MATCH (a)-[l:SITS_IN {id: row.id}]->(b) USING INDEX SEEK l:SITS_IN(id) WHERE "
            "coalesce(row.near IN [a.id, b.id], true) AND coalesce(l.version = row.version, true) SET a.id = "
            "a.id, l.id = row.id WITH row, a, b, l, properties(l) AS was WITH row, a, b, l, was, CASE WHEN "
            "was.knownFrom > $now THEN was.knownFrom ELSE $now END AS moment, [key IN keys(row.props) WHERE "
            "coalesce(was[key] <> row.props[key], was[key] IS NOT NULL OR row.props[key] IS NOT NULL)] AS changed"
            " WITH * WHERE was.id = row.id AND coalesce(was.version = row.version, true) AND "
            "coalesce(coalesce(row.since, was.validFrom) <= coalesce(row.until, was.validTo), true) "
            "CALL (row) { MATCH (past:LinkVersion {id: row.id}) WHERE past.held_to IS NOT NULL AND "
            "past.retracted_at IS NULL RETURN collect(past) AS held } FOREACH (once IN CASE WHEN changed <> [] "
            "THEN [1] ELSE [] END | CREATE (v:LinkVersion) SET v = was SET v.relation = 'SITS_IN', v.source = "
            "a.id, v.target = b.id, v.closed_in = $changeSet.id, v.closed_by = 'update' SET v.knownTo = moment "
            "FOREACH (past IN held | CREATE (again:LinkVersion) SET again = properties(past) SET again.knownFrom "
            "= moment, again.knownTo = moment SET again.closed_in = $changeSet.id, again.closed_by = 'update' "
            "FOREACH (key IN [key IN keys(row.props) WHERE key IN ['validFrom', 'validTo']] | SET again[key] = "
            "row.props[key]) SET past.retracted_at = moment, past.retracted_in = $changeSet.id) FOREACH (once IN "
            "CASE WHEN [key IN changed WHERE NOT coalesce((key IN ['validFrom', 'validTo']), false)] <> [] THEN "
            "[1] ELSE [] END | CREATE (h:LinkVersion) SET h = was SET h.relation = 'SITS_IN', h.source = a.id, "
            "h.target = b.id, h.closed_in = $changeSet.id, h.closed_by = 'update' SET h.knownFrom = moment, "
            "h.knownTo = moment SET h.held_to = moment FOREACH (key IN [key IN keys(row.props) WHERE key IN "
            "['validFrom', 'validTo']] | SET h[key] = row.props[key]) SET l.held_from = moment) SET l += row.props"
            " SET l.version = (was.version + 1), l.updatedAt = $now SET l.knownFrom = moment CREATE (c:Change "
            "{`set`: $changeSet.id, type: 'SITS_IN', at: $now, source: a.id, target: b.id}) SET c += row.change "
            "FOREACH (key IN changed | SET c['before.' + key] = was[key] SET c['after.' + key] = row.props[key]))"
            " RETURN [count(row), count(CASE WHEN changed <> [] THEN 1 END)] AS w0"
        ),
    ),
    "ended_links": (
        CloseLinks(LinkKind("WORKS_AT", ("Person",), ("Company",), temporal=True, single=False), Closing.ENDED),
        (
            "UNWIND $w0 AS row MATCH (a)-[l:WORKS_AT {id: row.id}]->(b) USING INDEX SEEK l:WORKS_AT(id) WHERE "
            "coalesce(row.near IN [a.id, b.id], true) AND coalesce(l.version = row.version, true) SET l.id = "
            "row.id WITH row, a, b, l, properties(l) AS was WITH * WHERE was.id = row.id AND coalesce(was.version"
            " = row.version, true) AND coalesce(coalesce(row.since, was.validFrom) <= coalesce(row.until, "
            "was.validTo), true) WITH row, a, b, l, was, CASE WHEN was.knownFrom > $now THEN was.knownFrom ELSE "
            "$now END AS moment CALL (row) { MATCH (past:LinkVersion {id: row.id}) WHERE past.held_to IS NOT NULL "
            "AND past.retracted_at IS NULL RETURN collect(past) AS held } CREATE (v:LinkVersion) SET v = was SET "
            "v.relation = 'WORKS_AT', v.source = a.id, v.target = b.id, v.closed_in = $changeSet.id, v.closed_by = "
            "'end' SET v.knownTo = moment CREATE (e:LinkVersion) SET e = was SET e.relation = 'WORKS_AT', "
            "e.source = a.id, e.target = b.id, e.closed_in = $changeSet.id, e.closed_by = 'end' SET e += row.props "
            "SET e.knownFrom = moment FOREACH (past IN held | CREATE (again:LinkVersion) SET again = "
            "properties(past) SET again.knownFrom = moment, again.knownTo = moment SET again.closed_in = "
            "$changeSet.id, again.closed_by = 'update' FOREACH (key IN [key IN keys(row.props) WHERE key IN "
            "['validFrom', 'validTo']] | SET again[key] = row.props[key]) SET past.retracted_at = moment, "
            "past.retracted_in = $changeSet.id) CREATE (c:Change {`set`: $changeSet.id, type: 'WORKS_AT', at: "
            "$now, source: a.id, target: b.id}) SET c += row.change FOREACH (key IN [key IN keys(was) WHERE NOT "
            "coalesce((key IN ['id', 'version', 'createdAt', 'updatedAt', 'knownFrom', 'held_from']), false)] | "
            "SET c['before.' + key] = was[key]) FOREACH (key IN keys(row.props) | SET c['after.' + key] = "
            "row.props[key]) DELETE l RETURN [count(row), count(row)] AS w0"
        ),
    ),
    "unlinked_links": (
        CloseLinks(LinkKind("OWNS", ("Company",), ("Company", "Fund"), most_of_target=1), Closing.UNLINKED),
        (
            "UNWIND $w0 AS row MATCH (a)-[l:OWNS {id: row.id}]->(b) USING INDEX SEEK l:OWNS(id) WHERE "
            "coalesce(row.near IN [a.id, b.id], true) AND coalesce(l.version = row.version, true) SET l.id = "
            "row.id WITH row, a, b, l, properties(l) AS was WITH * WHERE was.id = row.id AND coalesce(was.version"
            " = row.version, true) WITH row, a, b, l, was, CASE WHEN was.knownFrom > $now THEN was.knownFrom ELSE"
            " $now END AS moment CREATE (v:LinkVersion) SET v = was SET v.relation = 'OWNS', v.source = a.id, "
            "v.target = b.id, v.closed_in = $changeSet.id, v.closed_by = 'unlink' SET v.knownTo = moment SET "
            "v.held_to = moment CREATE (c:Change {`set`: $changeSet.id, type: 'OWNS', at: $now, source: a.id, "
            "target: b.id}) SET c += row.change FOREACH (key IN [key IN keys(was) WHERE NOT coalesce((key IN "
            "['id', 'version', 'createdAt', 'updatedAt', 'knownFrom', 'held_from']), false)] | SET c['before.' + "
            "key] = was[key]) DELETE l RETURN [count(row), count(row)] AS w0"
        ),
    ),
}


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_one_subquery_over_its_rows(name: str) -> None:
    group, text = GROUPS[name]

    statement = str(compile_write(WriteShape((group,))))

    assert statement.startswith(f"CALL () {{ {text} }} CALL (")
    assert statement.endswith(f" {MODEL} RETURN [w0] AS done, model")


def test_locks_come_first_and_the_read_back_last() -> None:
    inner = Query((Return((Item(Literal(1), "c0"),)),))
    read_back = Query((CallSubquery(inner), Return((Item(Var("c0"), "c0"),))))
    shape = WriteShape((CreateRecords("Person"),), locks=True)

    statement = str(compile_write(shape, read_back))

    assert statement == (
        "CALL () { UNWIND $locks AS id MATCH (n:Record {id: id}) SET n.id = id RETURN count(n) AS locks } "
        f"CALL () {{ {GROUPS['new_records'][1]} }} CALL () {{ {MARKED} }} {MODEL} "
        "CALL () { RETURN 1 AS c0 } RETURN [w0] AS done, model, c0"
    )


def test_a_statement_that_commits_with_its_end_divides_by_zero_when_not_all_is_well() -> None:
    shape = WriteShape((CreateRecords("Person"), UpdateRecords("Company")), halts=True)

    statement = str(compile_write(shape))

    well = "model = $expected AND w0[0] = size($w0) AND w1[0] = size($w1)"
    assert statement.endswith(
        f" {MODEL} RETURN [w0, w1] AS done, (model / CASE WHEN {well} THEN 1 ELSE 0 END) AS model"
    )


def test_a_change_set_is_written_only_when_an_update_found_something_to_change() -> None:
    statement = str(compile_write(WriteShape((UpdateRecords("Person"),))))

    condition = "CASE WHEN ($changed + w0[1]) > 0 THEN [1] ELSE [] END"
    assert f"CALL (w0) {{ FOREACH (once IN {condition} | {MARKED}) }}" in statement


def test_the_text_depends_on_the_shape_alone() -> None:
    one = WriteShape((CreateRecords("Person", (("email",),)), UpdateRecords("Company")))
    other = WriteShape((CreateRecords("Person", (("email",),)), UpdateRecords("Company")))

    assert str(compile_write(one)) == str(compile_write(other))


def test_checks_ask_for_every_key_of_new_records() -> None:
    query, checks = compile_checks((CreateRecords("Person", (("email",), ("city", "desk"))),))

    assert str(query) == (
        "CALL () { UNWIND $w0 AS row MATCH (o:Record {id: row.id}) RETURN collect([row.place]) AS f0 } CALL "
        "() { UNWIND $w0 AS row WITH row, row.props.email AS k0 MATCH (o:Person {email: k0}) WHERE o.id <> "
        "row.id RETURN collect([row.place, o.id]) AS f1 } CALL () { UNWIND $w0 AS row WITH row, "
        "row.props.city AS k0, row.props.desk AS k1 MATCH (o:Person {city: k0, desk: k1}) WHERE o.id <> "
        "row.id RETURN collect([row.place, o.id]) AS f2 } RETURN f0, f1, f2"
    )
    assert [(check.group, check.finding, check.key) for check in checks] == [
        (0, "id_taken", 0),
        (0, "not_unique", 0),
        (0, "not_unique", 1),
    ]
