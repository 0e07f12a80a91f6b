"""Upserts by key, links ensured, idempotency keys and lost commits: what is done twice happens once."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from graph.session import OutcomeUnknown
from models.commands import CreateLink, CreateRecord, EnsureLink, UpsertRecord
from models.ids import new_id

pytestmark = pytest.mark.anyio


def upsert(tax_id: str, path: tuple[str, ...] = (), **values: Any) -> UpsertRecord:
    given = {"taxId": tax_id, "name": "Acme", **values}
    return UpsertRecord("Company", new_id(), ("taxId",), given, {"staff": 1}, path)


def person() -> CreateRecord:
    return CreateRecord("Person", new_id(), {"name": "Ann"})


async def test_an_upsert_creates_then_changes_then_leaves_alone(hand: Any) -> None:
    first, second, third = upsert("DE1"), upsert("DE1", name="New"), upsert("DE1", name="New")

    created = await hand.write(first, answer=[first.id])
    changed = await hand.write(second, answer=[second.id])
    before = hand.fingerprint()
    same = await hand.write(third, answer=[third.id])

    assert [created.counts, changed.counts, same.counts] == [{"created": 1}, {"updated": 1}, {"unchanged": 1}]
    assert created.ids == changed.ids == same.ids == (first.id,)
    assert hand.look("MATCH (c:Company) RETURN [c.name, c.staff, c.version]") == [["New", 1, 2]]
    assert hand.fingerprint() == before


async def test_links_of_an_upserted_record_find_it_and_are_ensured_once(hand: Any) -> None:
    ann, acme = person(), upsert("DE1")
    await hand.write(ann, acme, EnsureLink("WORKS_AT", new_id(), ann.id, acme.id, {"role": "cto"}, ("role",)))

    again = upsert("DE1")
    same = EnsureLink("WORKS_AT", new_id(), ann.id, again.id, {"role": "cto"}, ("role",))
    other = EnsureLink("WORKS_AT", new_id(), ann.id, again.id, {"role": "ceo"}, ("role",))
    outcome = await hand.write(again, same, other)

    assert outcome.counts == {"unchanged": 2, "linked": 1}
    assert sorted(hand.look("MATCH (:Person)-[l:WORKS_AT]->(:Company) RETURN l.role")) == ["ceo", "cto"]


async def test_upserts_are_refused_by_no_key_and_without_required_values(hand: Any) -> None:
    by_name = UpsertRecord("Company", new_id(), ("name",), {"name": "Acme"}, {}, ("one",))
    nameless = UpsertRecord("Company", new_id(), ("taxId",), {"taxId": "DE9"}, {}, ("two",))

    problems = await hand.refused(by_name, nameless)

    assert [(problem.code, problem.path) for problem in problems] == [
        ("not_a_key", ("one", "by")),
        ("required", ("two", "name")),
    ]


@pytest.mark.parametrize("writers", [20, 50])
async def test_upserts_of_one_key_at_once_make_one_record(hand: Any, writers: int) -> None:
    answers = []

    async def send(number: int) -> None:
        one = upsert("DE1", staff=1000 + number)
        answers.append(await hand.write(one, answer=[one.id]))

    async with anyio.create_task_group() as tasks:
        for number in range(writers):
            tasks.start_soon(send, number)

    (acme,) = hand.look("MATCH (c:Company) RETURN c.id")
    assert [answer.ids for answer in answers] == [(acme,)] * writers
    assert sorted(str(answer.counts) for answer in answers) == ["{'created': 1}"] + ["{'updated': 1}"] * (writers - 1)
    assert hand.look("MATCH (c:Company) RETURN [c.taxId, c.version]") == [["DE1", writers]]
    assert hand.look("MATCH (c:Change) WITH c.op AS op, count(*) AS n RETURN [op, n] ORDER BY op") == [
        ["create", 1],
        ["update", writers - 1],
    ]


async def test_a_request_with_a_used_key_gives_the_first_outcome(hand: Any) -> None:
    ann = person()
    first = await hand.write(ann, idempotency_key="k", fingerprint="f", answer=[ann.id])
    before = hand.fingerprint()

    again = await hand.write(person(), idempotency_key="k", fingerprint="f", answer=["other"])
    (problem,) = await hand.refused(person(), idempotency_key="k", fingerprint="g")

    assert (again.replayed, again.change_set, again.ids, again.counts) == (
        True, first.change_set, (ann.id,), {"created": 1},
    )  # fmt: skip
    assert problem.code == "idempotency_key_reused"
    assert hand.fingerprint() == before


async def test_ten_equal_requests_at_once_happen_once(hand: Any) -> None:
    outcomes = []

    async def send() -> None:
        acme = CreateRecord("Company", new_id(), {"name": "Acme", "taxId": "DE1"})
        outcomes.append(await hand.write(acme, idempotency_key="k", fingerprint="f", answer=[acme.id]))

    async with anyio.create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(send)

    assert len({outcome.ids for outcome in outcomes}) == 1
    assert sorted(outcome.replayed for outcome in outcomes) == [False] + [True] * 9
    assert hand.look("MATCH (c:Company) RETURN count(c)") == [1]


@pytest.mark.parametrize("committed", [True, False])
async def test_a_commit_whose_answer_is_lost_is_looked_up_not_repeated_blindly(
    hand: Any, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    send, lost = hand.database.write_one, []

    async def lossy(*arguments: Any, **options: Any) -> Any:
        if lost:
            return await send(*arguments, **options)
        lost.append(True)
        if committed:
            await send(*arguments, **options)
        raise OutcomeUnknown("cut")

    monkeypatch.setattr(hand.database, "write_one", lossy)
    ann = person()

    outcome = await hand.write(ann, answer=[ann.id])

    assert (outcome.ids, outcome.counts) == ((ann.id,), {"created": 1})
    assert hand.look("MATCH (p:Person) RETURN p.id") == [ann.id]
    assert hand.look("MATCH (s:ChangeSet) RETURN s.id") == [outcome.change_set]


async def test_a_link_may_be_made_between_records_that_an_earlier_request_made(hand: Any) -> None:
    ann, acme = person(), upsert("DE1")
    await hand.write(ann, acme)

    outcome = await hand.write(CreateLink("WORKS_AT", new_id(), ann.id, acme.id, {}))

    assert outcome.counts == {"linked": 1}
