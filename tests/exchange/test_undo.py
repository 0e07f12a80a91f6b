"""A whole import taken back: created, changed and linked; what others did since stands in the way."""

from __future__ import annotations

import pytest
from small_imports import Desk, breaking, until_broken

from models.errors import NotFound, Rejected

pytestmark = pytest.mark.anyio

MAPPING = """
name: staff
sources:
  firms:
    file: firms.csv
    records:
      firm:
        type: Firm
        key: [code]
        fields: {code: code, name: name, taxId: tax, revenue: revenue, founded: founded, tags: tags}
    links:
      - {relation: OWNED_BY, from: firm, to: {type: Firm, by: {code: owner}}}
  staff:
    file: staff.csv
    records:
      worker: {type: Worker, key: [mail], fields: {mail: mail, name: name}}
    links:
      - relation: EMPLOYED_AT
        from: worker
        to: {type: Firm, by: {code: firm}}
        fields: {role: role, hours: hours}
        validFrom: since
        validTo: until
"""
OLD_FIRMS = "code,name,tax,revenue,founded,tags,owner\nA,Alpha,1,10.50,2001-02-03,a,\nB,Beta,,,,,A\n"
OLD_STAFF = "mail,name,firm,role,hours,since,until\nann@x.org,Ann,A,boss,10,2020-01-01,\n"
NEW_FIRMS = "code,name,tax,revenue,founded,tags,owner\nA,Aleph,,99.99,,a;b,\nB,Beta,2,,,,A\nC,Gamma,3,1,,,A\n"
NEW_STAFF = (
    "mail,name,firm,role,hours,since,until\n"
    "ann@x.org,Ann B,A,owner,,2020-01-01,2999-01-01\n"
    "bob@x.org,Bob,C,,5,2010-01-01,2012-01-01\n"
    "bob@x.org,Bob,A,clerk,,,\n"
)


async def imported(desk: Desk) -> tuple[dict[str, object], str]:
    """What was there before an import that changes, adds and links; and the import."""
    desk.put(firms_csv=OLD_FIRMS, staff_csv=OLD_STAFF)
    await desk.bring(MAPPING)
    before = dict(desk.data())
    desk.put(firms_csv=NEW_FIRMS, staff_csv=NEW_STAFF)
    report = await desk.bring(MAPPING, size=2)
    assert report.rejected == {}
    assert (report.records["Firm"].created, report.records["Firm"].updated) == (1, 2)
    assert (report.links["EMPLOYED_AT"].created, report.links["EMPLOYED_AT"].updated) == (2, 1)
    return before, report.run


async def test_undo_brings_back_every_value_link_and_bound(desk: Desk) -> None:
    before, run = await imported(desk)

    undone = await desk.take_back(run)

    assert desk.data() == before
    assert undone.counts == {"deleted": 2, "updated": 3, "unlinked": 3, "relinked": 1}
    assert desk.look("MATCH (v:LinkVersion) WHERE v.knownTo IS NULL RETURN v.id") == []
    with pytest.raises(Rejected, match="already"):
        await desk.take_back(run)


async def test_after_undo_the_same_import_runs_anew(desk: Desk) -> None:
    _, run = await imported(desk)
    after = {tuple(labels): kept for labels, kept in desk.data().values()}
    await desk.take_back(run)

    again = await desk.bring(MAPPING)

    assert again.run != run
    assert not again.resumed
    assert len(desk.data()) == len(after) or again.rejected == {}
    assert (again.records["Firm"].created, again.links["EMPLOYED_AT"].created) == (1, 2)


async def test_undo_of_a_run_that_changed_nothing_changes_nothing(desk: Desk) -> None:
    await imported(desk)
    before = desk.data()
    again = await desk.bring(MAPPING)

    undone = await desk.take_back(again.run)

    assert (again.changes, dict(undone.counts)) == (0, {})
    assert desk.data() == before


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (
            "MATCH (n:Firm {code: 'A'}) SET n.name = 'Omega', n.version = 9",
            "name is 'Omega' now, and what is to be undone left",
        ),
        ("MATCH (n:Firm {code: 'C'}) SET n.founded = date('2000-01-01')", "founded is '2000-01-01' now"),
        ("MATCH (n:Firm {code: 'A'}) DETACH DELETE n", "it has been removed since"),
        ("MATCH ()-[l:EMPLOYED_AT {role: 'owner'}]->() SET l.role = 'heir'", "role is 'heir' now"),
        (
            "MATCH (a:Firm {code: 'A'}), (c:Firm {code: 'C'}) CREATE (c)-[:MENTORS {id: 'x'}]->(a)",
            "others linked it by MENTORS",
        ),
    ],
)
async def test_later_changes_are_listed_and_nothing_is_taken_back(desk: Desk, later: str, told: str) -> None:
    _, run = await imported(desk)
    desk.look(later)
    before = desk.data()

    with pytest.raises(Rejected) as refused:
        await desk.take_back(run)

    messages = [problem.message for problem in refused.value.problems]
    assert any(told in message for message in messages)
    assert messages[-1].startswith("Nothing was taken back: ")
    assert desk.data() == before
    assert desk.look("MATCH (r:ImportRun {id: $id}) RETURN r.status", id=run) == ["done"]


async def test_what_others_changed_elsewhere_or_took_back_themselves_stands_in_no_way(desk: Desk) -> None:
    before, run = await imported(desk)
    desk.look("MATCH (n:Firm {code: 'B'}) SET n.founded = date('2000-01-01'), n.version = n.version + 1")
    later = await desk.bring(MAPPING)
    await desk.take_back(later.run)

    await desk.take_back(run)

    (beta,) = [kept for _, kept in desk.data().values() if kept.get("code") == "B"]
    assert (str(beta.pop("founded")), len(desk.data())) == ("2000-01-01", len(before))


async def test_undo_goes_on_after_it_broke(desk: Desk) -> None:
    before, run = await imported(desk)
    await until_broken(desk.take_back(run, progress=breaking("Taking back")))
    assert desk.look("MATCH (r:ImportRun {id: $id}) RETURN r.status", id=run) == ["undoing"]
    assert desk.data() != before

    await desk.take_back(run)

    assert desk.data() == before


async def test_a_run_that_broke_can_be_taken_back_too(desk: Desk) -> None:
    desk.put(firms_csv=NEW_FIRMS, staff_csv=NEW_STAFF)
    await until_broken(desk.bring(MAPPING, progress=breaking("Writing"), size=1))
    (run,) = desk.look("MATCH (r:ImportRun) RETURN r.id")
    assert len(desk.data()) == 1

    await desk.take_back(run)

    assert desk.data() == {}


async def test_a_change_made_while_the_undo_runs_is_not_overwritten(desk: Desk) -> None:
    _, run = await imported(desk)

    def interfere(text: str, done: float | None) -> None:
        if text == "Taking back":
            desk.look("MATCH (n:Firm {code: 'A'}) SET n.name = 'Omega', n.version = n.version + 1")

    with pytest.raises(Rejected) as refused:
        await desk.take_back(run, progress=interfere)

    messages = [problem.message for problem in refused.value.problems]
    assert "name is 'Omega' now, and what is to be undone left 'Aleph'" in messages[0]
    assert messages[-1].startswith("A part was taken back; the same command goes on from there")
    assert "Omega" in desk.look("MATCH (n:Firm) RETURN n.name")


async def test_an_unknown_run_is_named_with_those_there_are(desk: Desk) -> None:
    with pytest.raises(NotFound, match=r"no import 'x'\. The latest are: none yet"):
        await desk.take_back("x")
