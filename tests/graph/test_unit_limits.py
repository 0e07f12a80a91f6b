"""How many links there may be, of a pair and at an end: judged when everything a request asks for is done."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from models.commands import CreateLink, CreateRecord, EndLink, Unlink, UpdateLink
from models.errors import Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio
PAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return datetime(2030, 1, number, tzinfo=UTC)


async def records(hand: Any, *types: str) -> list[str]:
    commands = [CreateRecord(name, new_id(), {"name": name}) for name in types]
    await hand.write(*commands)
    return [command.id for command in commands]


def advises(person: str, company: str, first: int | None = None, last: int | None = None) -> CreateLink:
    times = {"valid_from": None if first is None else day(first), "valid_to": None if last is None else day(last)}
    return CreateLink("ADVISES", new_id(), person, company, {}, path=(company,), **times)


def moved(link: CreateLink, **times: Any) -> UpdateLink:
    return UpdateLink("ADVISES", link.id, {}, path=("move", link.id), **times)


async def test_what_is_ended_or_moved_makes_room_for_what_comes_in_the_same_request(hand: Any) -> None:
    ann, *firms = await records(hand, "Person", *("Company",) * 5)
    first, second = advises(ann, firms[0], 1, 10), advises(ann, firms[1], 1)
    await hand.write(first, second)

    await hand.write(moved(first, valid_to=day(5)), advises(ann, firms[2], 5, 20))
    await hand.write(EndLink("ADVISES", second.id, day(8)), advises(ann, firms[3], 8))
    await hand.write(Unlink("ADVISES", first.id), advises(ann, firms[4], 2, 5))

    assert sorted(hand.look("MATCH ()-[l:ADVISES]->(c) RETURN c.id")) == sorted(firms[1:])


async def test_new_links_that_never_hold_at_once_are_not_counted_together(hand: Any) -> None:
    ann, one, two, three = await records(hand, "Person", "Company", "Company", "Company")

    await hand.write(advises(ann, one, 1, 10), advises(ann, two, 1, 5), advises(ann, three, 5, 10))
    # ten days of one link beside two that follow each other, and a third for none of their days
    (refused,) = await hand.refused(advises(ann, two, 4, 6))

    assert (refused.code, refused.path, refused.details["id"]) == ("too_many_links", (two,), ann)
    assert refused.details["ofRelation"] == refused.details["relation"] == "ADVISES"


async def test_links_of_different_records_that_are_moved_to_one_are_judged_together(hand: Any) -> None:
    *people, firm = await records(hand, "Person", "Person", "Person", "Company")
    links = [advises(person, firm, 10 * place + 1, 10 * place + 9) for place, person in enumerate(people)]
    await hand.write(*links)
    before = hand.fingerprint()

    refused = await hand.refused(
        moved(links[1], valid_from=day(2), valid_to=day(9)), moved(links[2], valid_from=day(3), valid_to=day(9))
    )
    await hand.write(moved(links[1], valid_from=day(2), valid_to=day(9)))

    assert {(each.code, each.path, each.details["id"]) for each in refused} == {
        ("too_many_links", ("move", link.id), firm) for link in links[1:]
    }
    assert before != hand.fingerprint()


async def test_two_links_of_a_pair_change_places_in_one_request_and_are_not_laid_over_each_other(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    early, late = (
        CreateLink("SITS_IN", new_id(), ann, acme, {}, day(first), day(last)) for first, last in ((1, 5), (10, 15))
    )
    await hand.write(early, late)

    def put(link: CreateLink, first: int, last: int) -> UpdateLink:
        return UpdateLink("SITS_IN", link.id, {}, None, day(first), day(last), (link.id,))

    await hand.write(put(early, 11, 14), put(late, 2, 4))
    refused = await hand.refused(put(early, 20, 25), put(late, 24, 28))

    assert [each.code for each in refused] == ["bad_times", "bad_times"]
    assert hand.look("MATCH ()-[l:SITS_IN]->() RETURN l.validFrom.day ORDER BY l.id") == [11, 2]


async def test_a_request_with_too_many_links_is_told_everything_else_that_is_wrong_too(hand: Any) -> None:
    one, two, three = await records(hand, "Company", "Company", "Company")
    await hand.write(CreateLink("OWNS", new_id(), one, three, {}))
    before = hand.fingerprint()

    problems = await hand.refused(
        CreateLink("OWNS", new_id(), two, three, {}, path=("full",)),
        CreateLink("OWNS", new_id(), new_id(), two, {}, path=("nobody",)),
    )

    assert [(each.code, each.path) for each in problems] == [("too_many_links", ("full",)), ("not_found", ("nobody",))]
    assert hand.fingerprint() == before


async def test_changes_of_links_are_told_as_they_happened(hand: Any) -> None:
    one, two, three = await records(hand, "Company", "Company", "Company")
    first = CreateLink("OWNS", new_id(), one, three, {})
    await hand.write(first)

    outcome = await hand.write(CreateLink("OWNS", new_id(), two, three, {}), Unlink("OWNS", first.id))

    told = "MATCH (c:Change {set: $set}) RETURN c.op ORDER BY c.id"
    assert hand.look(told, set=outcome.change_set) == ["unlink", "create"]


async def test_of_writers_who_link_one_record_at_once_as_many_get_through_as_it_may_have(hand: Any) -> None:
    *people, firm = await records(hand, *("Person",) * 6, "Company")
    past = [CreateLink("ADVISES", new_id(), person, firm, {}, PAST[0], PAST[1]) for person in people[:3]]
    await hand.write(*past)
    revivals = [UpdateLink("ADVISES", link.id, {}, open=("validTo",)) for link in past]
    creations = [CreateLink("ADVISES", new_id(), person, firm, {}) for person in people[3:]]

    answers = await asyncio.gather(*map(hand.write, (*revivals, *creations)), return_exceptions=True)

    refused = [each for each in answers if isinstance(each, Rejected)]
    assert [problem.code for each in refused for problem in each.problems] == ["too_many_links"] * 4
    assert hand.look("MATCH ()-[l:ADVISES]->() RETURN count(l)") == [2]
