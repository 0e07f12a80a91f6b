"""Many writers at once: no update is lost, no limit is passed, no record is half there."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from graph.sequencer import number
from models.commands import CreateLink, CreateRecord, DeleteRecord, UpdateRecord
from models.errors import Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio


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
