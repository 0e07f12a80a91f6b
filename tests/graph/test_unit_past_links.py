"""Links that are over are corrected like records of the past: fields, times, back into the graph, taken back altogether."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from models.commands import CreateLink, CreateRecord, DeleteRecord, EndLink, Unlink, UpdateLink
from models.ids import new_id

pytestmark = pytest.mark.anyio

BELIEVED = """MATCH (v:LinkVersion {id: $id}) WHERE v.knownTo IS NULL
RETURN v {.role, .version, begins: v.validFrom.day, ends: v.validTo.day, by: v.closed_by, in: v.closed_in}"""
LIVE = (
    "MATCH (a)-[l {id: $id}]->(b) RETURN l {.role, .version, begins: l.validFrom.day, ends: l.validTo, keys: keys(l)}"
)


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


async def records(hand: Any, *types: str) -> list[str]:
    commands = [CreateRecord(name, new_id(), {"name": name}) for name in types]
    await hand.write(*commands, now=day(1))
    return [command.id for command in commands]


async def over(hand: Any, relation: str, person: str, company: str, first: int, last: int, **values: Any) -> str:
    """The id of a link that held from one day until another, and has ended since."""
    link = CreateLink(relation, new_id(), person, company, values, day(first))
    await hand.write(link, now=day(1))
    await hand.write(EndLink(relation, link.id, day(last)), now=day(20))
    return link.id


async def test_a_link_that_is_over_takes_other_values_and_other_times(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    id = await over(hand, "WORKS_AT", ann, acme, 2, 10, role="dev")

    outcome = await hand.write(
        UpdateLink("WORKS_AT", id, {"role": "cto"}, acme, day(3), day(12), version=1), now=day(21)
    )
    same = await hand.write(UpdateLink("WORKS_AT", id, {"role": "cto"}, ann), now=day(22))

    assert (outcome.counts, same.counts, same.changed) == ({"relinked": 1}, {"unchanged": 1}, False)
    assert hand.look("MATCH (s:ChangeSet {id: $id}) RETURN s", id=same.change_set) == []
    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN l") == []
    assert hand.look(BELIEVED, id=id) == [
        {"role": "cto", "version": 2, "begins": 3, "ends": 12, "by": "end", "in": outcome.change_set}
    ]
    told = "MATCH (c:Change {op: 'update'}) RETURN [c.`before.role`, c.`after.role`, c.`before.validTo`.day, c.source]"
    assert hand.look(told) == [["dev", "cto", 10, ann]]
    kept = "MATCH (v:LinkVersion {id: $id}) WHERE v.knownTo = $moment RETURN [v.role, v.validTo.day, v.closed_by]"
    assert hand.look(kept, id=id, moment=day(21)) == [["dev", 10, "update"]]


async def test_another_version_another_record_and_a_time_that_is_none_are_refused(hand: Any) -> None:
    ann, acme, base = await records(hand, "Person", "Company", "Company")
    id = await over(hand, "WORKS_AT", ann, acme, 2, 10)
    before = hand.fingerprint()

    refused = [
        *await hand.refused(UpdateLink("WORKS_AT", id, {"role": "x"}, version=7, path=("version",)), now=day(21)),
        *await hand.refused(UpdateLink("WORKS_AT", id, {"role": "x"}, base, path=("near",)), now=day(21)),
        *await hand.refused(UpdateLink("SITS_IN", id, {}, None, day(3), path=("relation",)), now=day(21)),
        *await hand.refused(UpdateLink("WORKS_AT", id, {}, None, day(11), path=("times",)), now=day(21)),
    ]

    assert [(each.code, each.path) for each in refused] == [
        ("not_found", ("version",)),
        ("not_found", ("near",)),
        ("not_found", ("relation",)),
        ("bad_times", ("times",)),
    ]
    assert hand.fingerprint() == before


async def test_times_of_one_pair_do_not_overlap_in_the_past_either(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    early = await over(hand, "SITS_IN", ann, acme, 2, 5)
    late = await over(hand, "SITS_IN", ann, acme, 6, 9)
    before = hand.fingerprint()

    (refused,) = await hand.refused(UpdateLink("SITS_IN", early, {}, valid_to=day(7), path=("u",)), now=day(21))
    unchanged = hand.fingerprint() == before
    await hand.write(
        UpdateLink("SITS_IN", early, {}, valid_to=day(7)),
        UpdateLink("SITS_IN", late, {}, valid_from=day(7)),
        now=day(21),
    )

    assert (refused.code, refused.path, unchanged) == ("bad_times", ("u",), True)
    assert [hand.look(BELIEVED, id=id)[0]["ends"] for id in (early, late)] == [7, 9]


@pytest.mark.parametrize("change", [{"open": ("validTo",)}, {"valid_to": datetime(2030, 1, 1, tzinfo=UTC)}])
async def test_a_link_that_is_not_over_after_all_is_in_the_graph_again(hand: Any, change: dict[str, Any]) -> None:
    ann, acme = await records(hand, "Person", "Company")
    id = await over(hand, "WORKS_AT", ann, acme, 2, 10, role="dev")

    await hand.write(UpdateLink("WORKS_AT", id, {"role": "cto"}, **change), now=day(21))
    (live,) = hand.look(LIVE, id=id)
    await hand.write(UpdateLink("WORKS_AT", id, {"role": "ceo"}), EndLink("WORKS_AT", id, day(15)), now=day(22))

    assert (live["role"], live["version"], live["begins"]) == ("cto", 2, 2)
    assert not {"relation", "source", "target", "closed_by", "closed_in", "knownTo"} & {*live["keys"]}
    (ended,) = hand.look(BELIEVED, id=id)
    assert (ended["role"], ended["ends"]) == ("ceo", 15)


async def test_a_link_is_not_in_the_graph_again_where_an_end_is_full_or_gone(hand: Any) -> None:
    ann, bob, acme, base, core = await records(hand, "Person", "Person", "Company", "Company", "Company")
    id = await over(hand, "ADVISES", ann, acme, 2, 10)
    lost = await over(hand, "ADVISES", bob, acme, 2, 10)
    await hand.write(*(CreateLink("ADVISES", new_id(), ann, each, {}) for each in (base, core)), now=day(20))
    await hand.write(DeleteRecord("Person", bob), now=day(20))
    before = hand.fingerprint()

    (full,) = await hand.refused(UpdateLink("ADVISES", id, {}, open=("validTo",), path=("u",)), now=day(21))
    (gone,) = await hand.refused(UpdateLink("ADVISES", lost, {}, open=("validTo",), path=("u",)), now=day(21))

    assert (full.code, full.path, full.details["id"]) == ("too_many_links", ("u",), ann)
    assert (gone.code, gone.path, gone.details["id"]) == ("not_found", ("u",), bob)
    assert hand.fingerprint() == before
    await hand.write(UpdateLink("ADVISES", lost, {}, valid_to=day(9)), now=day(21))
    assert hand.look(BELIEVED, id=lost)[0]["ends"] == 9


async def test_an_end_brings_an_earlier_one_but_no_later_one_and_what_never_was_is_taken_back(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    id = await over(hand, "WORKS_AT", ann, acme, 2, 10)

    later = await hand.write(EndLink("WORKS_AT", id, day(19)), now=day(21))
    earlier = await hand.write(EndLink("WORKS_AT", id, day(8)), now=day(21))
    (ended,) = hand.look(BELIEVED, id=id)
    gone = await hand.write(Unlink("WORKS_AT", id, near=ann), now=day(22))
    again = await hand.refused(Unlink("WORKS_AT", id, path=("u",)), now=day(23))

    assert [later.counts, earlier.counts, gone.counts] == [{"unchanged": 1}, {"relinked": 1}, {"unlinked": 1}]
    assert (ended["ends"], hand.look(BELIEVED, id=id)) == (8, [])
    assert [(each.code, each.path) for each in again] == [("not_found", ("u",))]


async def test_earlier_fields_of_a_link_that_is_over_stay_what_they_were_within_its_new_times(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    link = CreateLink("WORKS_AT", new_id(), ann, acme, {"role": "dev"}, day(2))
    await hand.write(link, now=day(2))
    await hand.write(UpdateLink("WORKS_AT", link.id, {"role": "cto"}), now=day(6))
    await hand.write(EndLink("WORKS_AT", link.id, day(10)), now=day(11))

    await hand.write(UpdateLink("WORKS_AT", link.id, {"role": "ceo"}, valid_from=day(4)), now=day(21))

    held = """MATCH (v:LinkVersion {id: $id}) WHERE v.held_to IS NOT NULL AND v.retracted_at IS NULL
    RETURN [v.role, v.validFrom.day, v.held_to.day]"""
    assert hand.look(held, id=link.id) == [["dev", 4, 6]]
    (last,) = hand.look(
        "MATCH (v:LinkVersion {id: $id}) WHERE v.knownTo IS NULL RETURN [v.role, v.held_from.day]", id=link.id
    )
    assert last == ["ceo", 6]


async def test_a_dry_run_and_an_idempotency_key_hold_for_links_that_are_over(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    id = await over(hand, "WORKS_AT", ann, acme, 2, 10)
    before = hand.fingerprint()
    change = UpdateLink("WORKS_AT", id, {"role": "cto"})

    tried = await hand.write(change, now=day(21), dry_run=True)
    untouched = hand.fingerprint() == before
    once, twice = [await hand.write(change, now=day(21), idempotency_key="k") for _ in range(2)]

    assert (tried.counts, untouched) == ({"relinked": 1}, True)
    assert (once.counts, once.change_set) == (twice.counts, twice.change_set)
    assert hand.look(BELIEVED, id=id)[0]["version"] == 2


async def test_other_values_are_those_it_had_in_the_end_whatever_was_said_of_it_later(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    link = CreateLink("WORKS_AT", new_id(), ann, acme, {"role": "dev"}, day(2))
    await hand.write(link, now=day(2))
    await hand.write(UpdateLink("WORKS_AT", link.id, {"role": "cto"}), now=day(6))
    await hand.write(EndLink("WORKS_AT", link.id, day(4)), now=day(8))  # so it was never a cto's

    await hand.write(UpdateLink("WORKS_AT", link.id, {"role": "lead"}), now=day(21))
    same = await hand.write(UpdateLink("WORKS_AT", link.id, {"role": "lead"}), now=day(22))

    told = "MATCH (c:Change {link: $id, op: 'update'}) RETURN [c.`before.role`, c.`after.role`] ORDER BY c.at"
    assert hand.look(told, id=link.id) == [["dev", "cto"], ["dev", "lead"]]
    seen = "MATCH (v:LinkVersion {id: $id}) WHERE v.held_to > $at AND v.retracted_at IS NULL RETURN [v.role, v.validTo.day]"
    assert hand.look(seen, id=link.id, at=day(3)) == [["lead", 4]]
    assert same.counts == {"unchanged": 1}
