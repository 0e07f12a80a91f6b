"""Records created and changed by units of work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.commands import CreateLink, CreateRecord, UpdateRecord
from models.errors import ModelChanged
from models.fields.money import Money
from models.ids import new_id

pytestmark = pytest.mark.anyio

LATER = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def company(values: dict[str, Any] | None = None, path: tuple[str, ...] = ()) -> CreateRecord:
    return CreateRecord("Company", new_id(), {"name": "Acme", **(values or {})}, path)


async def test_a_record_is_stored_with_its_change_its_change_set_and_an_outbox_entry(hand: Any) -> None:
    values = {
        "taxId": "DE1",
        "revenue": Money(Decimal("12.50"), "EUR"),
        "founded": date(1999, 1, 2),
        "tags": ("a", "c"),
    }
    acme = company(values)

    outcome = await hand.write(acme, reason="because", origin="test")

    (stored,) = hand.look(
        "MATCH (n:Record:Company) RETURN n {.*, founded: toString(n.founded), createdAt: null, updatedAt: null,"
        " validFrom: n.validFrom = n.createdAt, knownFrom: n.knownFrom = n.createdAt}"
    )
    assert stored == {
        "id": acme.id, "version": 1, "createdAt": None, "updatedAt": None, "name": "Acme", "taxId": "DE1",
        "validFrom": True, "knownFrom": True, "revenue_e2": 1250, "revenue_currency": "EUR", "founded": "1999-01-02",
        "tags": ["a", "c"],
    }  # fmt: skip
    (change,) = hand.look(
        "MATCH (c:Change) RETURN c {.op, .type, .record, .set, name: c.`after.name`, money: c.`after.revenue_e2`}"
    )
    assert change == {
        "op": "create", "type": "Company", "record": acme.id, "set": outcome.change_set, "name": "Acme", "money": 1250,
    }  # fmt: skip
    (change_set,) = hand.look("MATCH (s:ChangeSet) RETURN s {.id, .actor, .reason, .origin, .modelVersion}")
    assert change_set == {
        "id": outcome.change_set, "actor": "system", "reason": "because", "origin": "test", "modelVersion": 0,
    }  # fmt: skip
    assert hand.look("MATCH (o:Outbox) RETURN [o.set, o.topic]") == [[outcome.change_set, "records.changed"]]
    assert hand.look("MATCH (n:Change|ChangeSet|Outbox) WHERE (n)--() RETURN n") == []
    assert outcome.counts == {"created": 1}


async def test_all_problems_come_back_at_once_each_under_its_path(hand: Any) -> None:
    acme = company({"taxId": "DE1"})
    ann = CreateRecord("Person", new_id(), {"name": "Ann", "city": "Bonn", "desk": 7})
    await hand.write(acme, ann)
    before = hand.fingerprint()

    problems = await hand.refused(
        company({"taxId": "DE1"}, ("one",)),
        CreateRecord("Person", new_id(), {"name": "Bob", "city": "Bonn", "desk": 7}, ("two",)),
        CreateRecord("Person", new_id(), {"name": "Cid", "city": "Bonn"}, ("three",)),
        CreateLink("WORKS_AT", new_id(), new_id(), acme.id, {}, path=("four",)),
        CreateLink("WORKS_AT", new_id(), acme.id, acme.id, {}, path=("five",)),
        UpdateRecord("Company", new_id(), {"name": "No"}, path=("six",)),
        UpdateRecord("Company", ann.id, {"name": "No"}, path=("seven",)),
    )

    assert [(problem.code, problem.path) for problem in problems] == [
        ("not_unique", ("one", "taxId")),
        ("not_unique", ("two", "city")),
        ("not_found", ("four",)),
        ("wrong_type", ("five",)),
        ("not_found", ("six",)),
        ("not_found", ("seven",)),
    ]
    assert hand.fingerprint() == before


async def test_two_new_records_of_one_request_cannot_share_a_key(hand: Any) -> None:
    problems = await hand.refused(company({"taxId": "X"}, ("a",)), company({"taxId": "X"}, ("b",)))

    assert [(problem.code, problem.path) for problem in problems] == [("not_unique", ("b", "taxId"))]
    assert hand.look("MATCH (n) RETURN n") == []


async def test_an_update_moves_the_version_and_notes_what_was_before(hand: Any) -> None:
    acme = company({"taxId": "DE1", "staff": 5})
    await hand.write(acme)

    outcome = await hand.write(
        UpdateRecord("Company", acme.id, {"name": "Acme", "staff": 6, "taxId": None}, 1), now=LATER
    )

    (stored,) = hand.look("MATCH (n:Company) RETURN [n.version, n.staff, n.taxId, n.updatedAt = $later]", later=LATER)
    assert stored == [2, 6, None, True]
    (change,) = hand.look("MATCH (c:Change {op: 'update'}) RETURN properties(c)")
    assert {key: value for key, value in change.items() if "." in key} == {
        "before.staff": 5, "after.staff": 6, "before.taxId": "DE1",
    }  # fmt: skip
    assert outcome.counts == {"updated": 1}


async def test_equal_values_change_nothing(hand: Any) -> None:
    acme = company({"staff": 5, "tags": ("a", "b"), "founded": date(2000, 1, 1)})
    await hand.write(acme)
    before = hand.fingerprint()

    same = {"staff": 5, "tags": ("a", "b"), "founded": date(2000, 1, 1), "taxId": None}
    outcome = await hand.write(UpdateRecord("Company", acme.id, same), now=LATER)

    assert outcome.counts == {"unchanged": 1}
    assert hand.fingerprint() == before


async def test_a_version_that_has_moved_on_is_refused_with_both_values(hand: Any) -> None:
    acme = company({"staff": 5, "revenue": Money(Decimal(1), "EUR")})
    await hand.write(acme)
    await hand.write(UpdateRecord("Company", acme.id, {"staff": 6}))

    mine = {"staff": 7, "name": "Acme", "revenue": Money(Decimal(2), "EUR")}
    (problem,) = await hand.refused(UpdateRecord("Company", acme.id, mine, 1, ("input",)))

    assert (problem.code, problem.path) == ("version_conflict", ("input", "version"))
    assert problem.details == {
        "type": "Company",
        "version": 2,
        "yourVersion": 1,
        "fields": {
            "staff": {"present": 6, "yours": 7},
            "revenue": {
                "present": {"amount": "1.00", "currency": "EUR"},
                "yours": {"amount": "2.00", "currency": "EUR"},
            },
        },
    }
    assert "Staff is '6', yours '7'; Revenue is '1.00 EUR', yours '2.00 EUR'" in problem.message


async def test_a_conflict_calls_what_has_no_value_empty(hand: Any) -> None:
    acme = company({"staff": 5})
    await hand.write(acme)
    await hand.write(UpdateRecord("Company", acme.id, {"staff": None}))

    (problem,) = await hand.refused(UpdateRecord("Company", acme.id, {"staff": 7}, 1, ("input",)))

    assert "Staff is empty, yours '7'" in problem.message


async def test_an_update_may_not_take_the_key_of_another_record_even_in_parts(hand: Any) -> None:
    ann = CreateRecord("Person", new_id(), {"name": "Ann", "city": "Bonn", "desk": 7})
    bob = CreateRecord("Person", new_id(), {"name": "Bob", "city": "Bonn", "desk": 8})
    await hand.write(ann, bob)

    (problem,) = await hand.refused(UpdateRecord("Person", bob.id, {"desk": 7}, path=("p",)))

    assert (problem.code, problem.path) == ("not_unique", ("p", "city"))


async def test_a_dry_run_counts_and_refuses_like_the_run_and_leaves_nothing(hand: Any) -> None:
    acme = company({"taxId": "DE1"})
    await hand.write(acme)
    before = hand.fingerprint()

    tried = await hand.write(company({"taxId": "DE2"}), UpdateRecord("Company", acme.id, {"staff": 1}), dry_run=True)
    (problem,) = await hand.refused(company({"taxId": "DE1"}), dry_run=True)

    assert tried.counts == {"created": 1, "updated": 1}
    assert problem.code == "not_unique"
    assert hand.fingerprint() == before


async def test_work_planned_on_an_older_model_is_given_back(hand: Any) -> None:
    hand.driver.execute_query("CREATE (:ModelRoot {name: 'model', version: 3})", database_=hand.database.name)
    before = hand.fingerprint()

    with pytest.raises(ModelChanged, match="from version 0 to 3"):
        await hand.write(company())

    assert hand.fingerprint() == before


async def test_records_and_links_by_the_thousand_are_one_statement(hand: Any, soak: bool) -> None:
    many, acme = 10_000 if soak else 1_000, company()
    people = [
        CreateRecord("Person", new_id(), {"name": f"P{number}", "email": f"{number}@x.de"}) for number in range(many)
    ]
    links = [CreateLink("WORKS_AT", new_id(), person.id, acme.id, {"role": "dev"}) for person in people]

    outcome = await hand.write(acme, *people, *links, timeout_s=600)

    assert outcome.counts == {"created": many + 1, "linked": many}
    assert hand.look("MATCH (:Person)-[l:WORKS_AT]->(:Company) RETURN count(l)") == [many]
    assert hand.look("MATCH (c:Change) RETURN count(c)") == [2 * many + 1]


async def test_nothing_asked_writes_nothing(hand: Any) -> None:
    outcome = await hand.write()

    assert outcome.counts == {}
    assert hand.look("MATCH (n) RETURN n") == []
