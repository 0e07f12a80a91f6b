"""Many writers at once: no update is lost, no limit is passed, no record is half there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import anyio
import pytest

from graph.sequencer import number
from models.commands import (
    Command,
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EnsureLink,
    Unlink,
    UpdateLink,
    UpdateRecord,
    UpsertRecord,
)
from models.errors import Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def company(name: str = "Acme", **values: Any) -> CreateRecord:
    return CreateRecord("Company", new_id(), {"name": name, **values})


async def test_fifty_updates_at_once_follow_each_other_without_a_loss(hand: Any) -> None:
    acme = company(staff=0)
    await hand.write(acme)

    async with anyio.create_task_group() as tasks:
        for staff in range(1, 51):
            tasks.start_soon(hand.write, UpdateRecord("Company", acme.id, {"staff": staff}))

    rows = hand.look("MATCH (c:Change {op: 'update'}) RETURN [c.`before.staff`, c.`after.staff`]")
    following = dict(rows)
    place, visited = 0, []
    while place in following:
        place = following[place]
        visited.append(place)
    assert len(rows) == len(visited) == 50
    assert hand.look("MATCH (c:Company) RETURN [c.version, c.staff]") == [[51, visited[-1]]]


async def test_of_fifty_updates_of_one_version_one_wins(hand: Any) -> None:
    acme = company(staff=0)
    await hand.write(acme)
    refused = []

    async def update(staff: int) -> None:
        try:
            await hand.write(UpdateRecord("Company", acme.id, {"staff": staff}, 1))
        except Rejected as error:
            refused.append(error.problems[0].code)

    async with anyio.create_task_group() as tasks:
        for staff in range(1, 51):
            tasks.start_soon(update, staff)

    assert refused == ["version_conflict"] * 49
    assert hand.look("MATCH (c:Company) RETURN c.version") == [2]


async def test_twenty_linkers_at_once_do_not_pass_the_limit_of_an_end(hand: Any) -> None:
    owners, owned = [company(f"C{place}") for place in range(20)], company("Owned")
    await hand.write(*owners, owned)
    refused = []

    async def link(owner: CreateRecord) -> None:
        try:
            await hand.write(CreateLink("OWNS", new_id(), owner.id, owned.id, {}))
        except Rejected as error:
            refused.append(error.problems[0].code)

    async with anyio.create_task_group() as tasks:
        for owner in owners:
            tasks.start_soon(link, owner)

    assert refused == ["too_many_links"] * 19
    assert hand.look("MATCH ()-[l:OWNS]->() RETURN count(l)") == [1]


async def test_fifty_writers_link_the_same_hub(hand: Any) -> None:
    hub = company("Hub")
    await hand.write(hub)

    async def join(place: int) -> None:
        ann = CreateRecord("Person", new_id(), {"name": f"P{place}"})
        await hand.write(ann, CreateLink("WORKS_AT", new_id(), ann.id, hub.id, {}))

    async with anyio.create_task_group() as tasks:
        for place in range(50):
            tasks.start_soon(join, place)

    assert hand.look("MATCH (:Person)-[l:WORKS_AT]->(:Company) RETURN count(l)") == [50]


async def test_writers_that_take_the_same_records_in_opposite_orders_all_get_through(hand: Any) -> None:
    one, two = company("One", staff=0, taxId="1"), company("Two", staff=0, taxId="2")
    await hand.write(one, two)

    async def cross(place: int) -> None:
        here, there = (one, two) if place % 2 else (two, one)
        new = company(f"N{place}")
        await hand.write(
            UpdateRecord("Company", here.id, {"staff": 2 * place + 1}),
            new,
            CreateLink("OWNS", new_id(), here.id, new.id, {"share": place}),
            UpdateRecord("Company", there.id, {"staff": 2 * place + 2}),
            CreateLink("SEES", new_id(), here.id, there.id, {}),
        )

    async with anyio.create_task_group() as tasks:
        for place in range(40):
            tasks.start_soon(cross, place)

    assert hand.look("MATCH (c:Company) WHERE c.name IN ['One', 'Two'] RETURN c.version") == [41, 41]
    assert hand.look("MATCH (c:Company)-[:OWNS]->() WITH c.name AS name, count(*) AS n RETURN [name, n] ORDER BY name") == [
        ["One", 20], ["Two", 20],
    ]  # fmt: skip
    assert hand.look("MATCH ()-[l:SEES]->() RETURN count(l)") == [40]


async def test_bulk_upserts_of_the_same_keys_in_opposite_orders_make_each_record_once(hand: Any) -> None:
    keys = [f"DE{place}" for place in range(60)]

    async def load(number: int) -> None:
        ordered = keys if number % 2 else keys[::-1]
        upserts = [
            UpsertRecord("Company", new_id(), ("taxId",), {"taxId": key, "name": key, "staff": number}, {})
            for key in ordered
        ]
        await hand.write(*upserts)

    async with anyio.create_task_group() as tasks:
        for number in range(10):
            tasks.start_soon(load, number)

    assert hand.look("MATCH (c:Company) RETURN [count(c), count(DISTINCT c.taxId)]") == [[60, 60]]
    assert hand.look("MATCH (c:Company) RETURN collect(DISTINCT c.version)") == [[10]]
    assert len(hand.look("MATCH (c:Company) RETURN DISTINCT c.staff")) == 1


@pytest.mark.parametrize(("relation", "by"), [("KNOWS", ()), ("WORKS_AT", ("role",))])
async def test_twenty_who_ensure_the_same_link_make_one(hand: Any, relation: str, by: tuple[str, ...]) -> None:
    ann = CreateRecord("Person", new_id(), {"name": "Ann"})
    other = company() if relation == "WORKS_AT" else CreateRecord("Person", new_id(), {"name": "Bob"})
    await hand.write(ann, other)
    values = {"role": "cto"} if by else {}
    outcomes = []

    async def ensure() -> None:
        outcomes.append(await hand.write(EnsureLink(relation, new_id(), ann.id, other.id, values, by)))

    async with anyio.create_task_group() as tasks:
        for _ in range(20):
            tasks.start_soon(ensure)

    assert sorted(str(outcome.counts) for outcome in outcomes) == ["{'linked': 1}"] + ["{'unchanged': 1}"] * 19
    assert hand.look("MATCH (:Person)-[l]->() RETURN count(l)") == [1]


async def test_a_cycle_deleted_from_both_its_ends_at_once_goes_once(hand: Any) -> None:
    for _ in range(5):
        ring = [CreateRecord("Deal", new_id(), {"title": f"D{place}"}) for place in range(6)]
        links = [CreateLink("PART_OF", new_id(), deal.id, ring[place - 1].id, {}) for place, deal in enumerate(ring)]
        await hand.write(*ring, *links)
        answers = []

        async def delete(deal: CreateRecord, answers: list[str] = answers) -> None:
            try:
                await hand.write(DeleteRecord("Deal", deal.id))
                answers.append("deleted")
            except Rejected as error:
                answers.append(error.problems[0].code)

        async with anyio.create_task_group() as tasks:
            for deal in ring:
                tasks.start_soon(delete, deal)

        assert sorted(answers) == ["deleted"] + ["not_found"] * 5

    assert hand.look("MATCH (d:Deal) RETURN d") == []
    assert hand.look("MATCH (d:Deleted) RETURN count(d)") == [30]
    assert hand.look("MATCH (v:LinkVersion) RETURN count(v)") == [30]
    assert hand.look("MATCH (c:Change {op: 'delete'}) RETURN count(c)") == [30]


async def test_a_record_deleted_while_others_link_it_keeps_no_link(hand: Any) -> None:
    hub = company("Hub")
    people = [CreateRecord("Person", new_id(), {"name": f"P{place}"}) for place in range(30)]
    await hand.write(hub, *people)
    answers = []

    async def link(person: CreateRecord) -> None:
        try:
            await hand.write(CreateLink("WORKS_AT", new_id(), person.id, hub.id, {}))
            answers.append("linked")
        except Rejected as error:
            answers.append(error.problems[0].code)

    async with anyio.create_task_group() as tasks:
        for place, person in enumerate(people):
            tasks.start_soon(link, person)
            if place == 10:
                tasks.start_soon(hand.write, DeleteRecord("Company", hub.id))

    assert set(answers) <= {"linked", "not_found"}
    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN l") == []
    assert hand.look("MATCH (v:LinkVersion) RETURN count(v)") == [answers.count("linked")]
    assert hand.look("MATCH (d:Deleted) RETURN d.name") == ["Hub"]


async def test_links_unlinked_while_their_record_is_deleted_are_closed_once_each(hand: Any) -> None:
    hub, people = company("Hub"), [CreateRecord("Person", new_id(), {"name": f"P{place}"}) for place in range(20)]
    links = [CreateLink("WORKS_AT", new_id(), person.id, hub.id, {}) for person in people]
    await hand.write(hub, *people, *links)
    unlinked, refused = [], set()

    async def close(*commands: Command) -> None:
        try:
            unlinked.append((await hand.write(*commands)).counts.get("unlinked", 0))
        except Rejected as error:
            refused.update(problem.code for problem in error.problems)

    async with anyio.create_task_group() as tasks:
        for place, link in enumerate(links):
            tasks.start_soon(close, Unlink("WORKS_AT", link.id))
            if place == 7:
                tasks.start_soon(close, DeleteRecord("Company", hub.id))

    assert sum(unlinked) == 20
    assert refused <= {"not_found"}
    assert hand.look("MATCH (v:LinkVersion) RETURN [count(v), count(DISTINCT v.id)]") == [[20, 20]]
    assert hand.look("MATCH (c:Change {op: 'unlink'}) RETURN [count(c), count(DISTINCT c.link)]") == [[20, 20]]


@pytest.mark.parametrize("closing", [Unlink, EndLink, UpdateLink])
async def test_one_of_twenty_who_close_a_link_closes_it(hand: Any, closing: type) -> None:
    hub, ann = company("Hub"), CreateRecord("Person", new_id(), {"name": "Ann"})
    link = CreateLink("WORKS_AT", new_id(), ann.id, hub.id, {"role": "cto"})
    await hand.write(hub, ann, link)
    answers: list[str] = []

    async def send(command: Command) -> None:
        try:
            answers.extend((await hand.write(command, now=NOW)).counts)
        except Rejected as error:
            answers.extend(problem.code for problem in error.problems)

    async with anyio.create_task_group() as tasks:
        for place in range(20):
            tasks.start_soon(send, Unlink("WORKS_AT", link.id))
            if closing is EndLink:
                tasks.start_soon(send, EndLink("WORKS_AT", link.id, NOW))
            if closing is UpdateLink:
                tasks.start_soon(send, UpdateLink("WORKS_AT", link.id, {"role": f"R{place}"}))

    ended, updates = answers.count("ended"), answers.count("relinked")
    assert ended + answers.count("unlinked") == 1
    assert answers.count("not_found") == len(answers) - 1 - updates
    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN l") == []
    assert hand.look("MATCH (v:LinkVersion) RETURN [count(v), collect(DISTINCT v.id)]") == [
        [1 + updates + ended, [link.id]]
    ]
    assert hand.look("MATCH (c:Change) WHERE c.op IN ['update', 'end', 'unlink'] RETURN count(c)") == [1 + updates]


async def test_two_numberers_at_once_leave_neither_gap_nor_double(hand: Any) -> None:
    for _ in range(3):
        async with anyio.create_task_group() as tasks:
            for place in range(10):
                tasks.start_soon(hand.write, company(f"C{place}"))
            tasks.start_soon(number, hand.database)
            tasks.start_soon(number, hand.database)
    await number(hand.database)

    assert hand.look("MATCH (s:ChangeSet) RETURN s.seq ORDER BY s.seq") == list(range(1, 31))
    assert hand.look("MATCH (s:Unnumbered) RETURN s") == []
