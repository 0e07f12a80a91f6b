"""Records deleted by their relations' rules, restored and erased."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from models.commands import CreateLink, CreateRecord, DeleteRecord, EraseRecord, RestoreRecord, Unlink, UpdateRecord
from models.errors import Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio

LATER = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def person(name: str, **values: Any) -> CreateRecord:
    return CreateRecord("Person", new_id(), {"name": name, **values})


def company(name: str, **values: Any) -> CreateRecord:
    return CreateRecord("Company", new_id(), {"name": name, **values})


def deal(title: str) -> CreateRecord:
    return CreateRecord("Deal", new_id(), {"title": title})


def link(relation: str, source: CreateRecord, target: CreateRecord, **values: Any) -> CreateLink:
    return CreateLink(relation, new_id(), source.id, target.id, values)


async def test_a_deleted_record_lies_in_the_trash_and_comes_back_with_its_links(hand: Any) -> None:
    ann, acme = person("Ann", email="a@x.de"), company("Acme")
    employed = link("WORKS_AT", ann, acme, role="cto")
    await hand.write(ann, acme, employed)

    gone = await hand.write(DeleteRecord("Person", ann.id, 1))
    in_trash = hand.look("MATCH (d:Deleted) RETURN [labels(d), d.type, d.name, d.deletedIn, d.deletedBy]")
    closed = hand.look("MATCH (v:LinkVersion) RETURN [v.id, v.role, v.closed_by]")
    back = await hand.write(RestoreRecord("Person", ann.id))

    assert gone.counts == {"deleted": 1, "unlinked": 1}
    assert in_trash == [[["Deleted"], "Person", "Ann", gone.change_set, "system"]]
    assert closed == [[employed.id, "cto", "delete"]]
    assert back.counts == {"restored": 1, "relinked": 1}
    assert hand.look("MATCH (n:Deleted) RETURN n") == []
    assert hand.look(
        "MATCH (p:Record:Person)-[l:WORKS_AT]->(c:Company) RETURN [p.name, p.version, keys(p), l.id, l.role]"
    ) == [["Ann", 2, hand.look("MATCH (p:Person) RETURN keys(p)")[0], employed.id, "cto"]]
    assert {"type", "deletedAt", "deletedBy", "deletedIn"} & set(
        hand.look("MATCH (p:Person) RETURN keys(p)")[0]
    ) == set()
    assert hand.look("MATCH (c:Change {op: 'delete'}) RETURN c.`before.name`") == ["Ann"]


async def test_two_ends_deleted_apart_are_linked_again_when_the_second_comes_back(hand: Any) -> None:
    ann, acme = person("Ann"), company("Acme")
    await hand.write(ann, acme, link("WORKS_AT", ann, acme))
    await hand.write(DeleteRecord("Person", ann.id))
    await hand.write(DeleteRecord("Company", acme.id))

    first = await hand.write(RestoreRecord("Person", ann.id))
    second = await hand.write(RestoreRecord("Company", acme.id))

    assert first.counts == {"restored": 1}
    assert second.counts == {"restored": 1, "relinked": 1}


async def test_a_record_that_comes_back_as_the_other_end_goes_is_linked_when_that_comes_back(hand: Any) -> None:
    ann, acme = person("Ann"), company("Acme")
    await hand.write(ann, acme, link("WORKS_AT", ann, acme))
    await hand.write(DeleteRecord("Person", ann.id))

    crossing = await hand.write(DeleteRecord("Company", acme.id), RestoreRecord("Person", ann.id))
    both = await hand.write(RestoreRecord("Company", acme.id))

    assert crossing.counts == {"deleted": 1, "restored": 1}
    assert both.counts == {"restored": 1, "relinked": 1}


async def test_what_deletes_a_record_and_also_needs_it_is_refused_by_name(hand: Any) -> None:
    ann, acme, other = person("Ann"), company("Acme"), company("Other")
    await hand.write(ann, acme, other)
    before = hand.fingerprint()
    together = {
        "updated": UpdateRecord("Company", acme.id, {"name": "New"}, path=("updated",)),
        "restored": RestoreRecord("Company", acme.id, path=("restored",)),
        "linked": CreateLink("WORKS_AT", new_id(), ann.id, acme.id, {}, path=("linked",)),
    }

    for leaving in (DeleteRecord("Company", acme.id), EraseRecord("Company", acme.id)):
        for where, command in together.items():
            with pytest.raises(Rejected) as refused:
                await hand.write(leaving, command)
            (problem,) = refused.value.problems
            assert (problem.code, problem.path) == ("deleted_too", (where,))
            assert acme.id in problem.message
    assert hand.fingerprint() == before


async def test_a_refused_deletion_says_which_links_refuse_it_and_changes_nothing(hand: Any) -> None:
    acme, sale = company("Acme"), deal("Sale")
    await hand.write(acme, sale, link("SOLD_TO", sale, acme))
    before = hand.fingerprint()

    (problem,) = await hand.refused(DeleteRecord("Company", acme.id, path=("input",)))

    assert (problem.code, problem.path, problem.details) == (
        "delete_refused",
        ("input",),
        {"id": acme.id, "relation": "SOLD_TO", "ofRelation": "SOLD_TO", "links": 1},
    )
    assert hand.fingerprint() == before


async def test_cascades_follow_chains_and_cycles_and_take_what_would_have_refused(hand: Any) -> None:
    whole, part, piece, other = deal("whole"), deal("part"), deal("piece"), deal("other")
    chain = [link("PART_OF", part, whole), link("PART_OF", piece, part), link("PART_OF", whole, piece)]
    await hand.write(whole, part, piece, other, *chain)

    outcome = await hand.write(DeleteRecord("Deal", whole.id))
    back = await hand.write(*(RestoreRecord("Deal", each.id) for each in (whole, part, piece)))

    assert outcome.counts == {"deleted": 3, "unlinked": 3}
    assert back.counts == {"restored": 3, "relinked": 3}


async def test_a_key_taken_meanwhile_keeps_a_record_in_the_trash(hand: Any) -> None:
    acme = company("Acme", taxId="DE1")
    await hand.write(acme)
    await hand.write(DeleteRecord("Company", acme.id))
    await hand.write(company("New", taxId="DE1"))

    (taken,) = await hand.refused(RestoreRecord("Company", acme.id, path=("r",)))
    (missing,) = await hand.refused(RestoreRecord("Company", new_id(), path=("m",)))

    assert (taken.code, taken.path) == ("not_unique", ("r", "taxId"))
    assert (missing.code, missing.path) == ("not_found", ("m",))


async def test_a_composite_key_taken_meanwhile_or_twice_in_the_trash_keeps_records_there(hand: Any) -> None:
    ann, bob = person("Ann", city="Bonn", desk=7), person("Bob", city="Bonn", desk=7)
    await hand.write(ann)
    await hand.write(DeleteRecord("Person", ann.id))
    await hand.write(bob)

    (taken,) = await hand.refused(RestoreRecord("Person", ann.id, path=("r",)))
    await hand.write(DeleteRecord("Person", bob.id))
    (twice,) = await hand.refused(RestoreRecord("Person", ann.id), RestoreRecord("Person", bob.id, path=("s",)))
    back = await hand.write(RestoreRecord("Person", ann.id))

    assert (taken.code, taken.path) == ("not_unique", ("r", "city"))
    assert "City 'Bonn' and Desk '7'" in taken.message
    assert (twice.code, twice.path[1:]) == ("not_unique", ("city",))
    assert back.counts == {"restored": 1}
    assert hand.look("MATCH (p:Person) RETURN p.name") == ["Ann"]


async def test_a_link_stays_closed_where_its_end_is_full_and_comes_back_when_there_is_room(hand: Any) -> None:
    first, second, owned = company("First"), company("Second"), company("Owned")
    one, two = link("OWNS", first, owned, share=1), link("OWNS", second, owned, share=2)
    await hand.write(first, second, owned, one)
    await hand.write(DeleteRecord("Company", first.id))
    await hand.write(two)

    full = await hand.write(RestoreRecord("Company", first.id))
    shares = hand.look("MATCH ()-[l:OWNS]->() RETURN l.share")
    await hand.write(Unlink("OWNS", two.id))
    await hand.write(DeleteRecord("Company", first.id))
    room = await hand.write(RestoreRecord("Company", first.id))

    assert [full.counts, shares] == [{"restored": 1}, [2]]
    assert room.counts == {"restored": 1, "relinked": 1}
    assert hand.look("MATCH ()-[l:OWNS]->() RETURN [l.id, l.share]") == [[one.id, 1]]


async def test_of_two_closed_links_of_a_pair_the_later_one_comes_back(hand: Any) -> None:
    owner, other, owned = company("Owner"), company("Other"), company("Owned")
    old, between, new = link("OWNS", owner, owned), link("OWNS", other, owned), link("OWNS", owner, owned)
    await hand.write(owner, other, owned, old)
    await hand.write(DeleteRecord("Company", owner.id))
    await hand.write(between)
    await hand.write(RestoreRecord("Company", owner.id))
    await hand.write(Unlink("OWNS", between.id), new)
    await hand.write(DeleteRecord("Company", owned.id), now=LATER)

    back = await hand.write(RestoreRecord("Company", owned.id))

    assert back.counts == {"restored": 1, "relinked": 1}
    assert hand.look("MATCH ()-[l:OWNS]->() RETURN l.id") == [new.id]


async def test_a_key_of_a_deleted_record_is_free_in_the_same_request_and_in_its_problems(hand: Any) -> None:
    acme = company("Acme", taxId="DE1")
    await hand.write(acme)
    missing = UpdateRecord("Company", new_id(), {"staff": 1}, path=("missing",))

    (problem,) = await hand.refused(DeleteRecord("Company", acme.id), company("New", taxId="DE1"), missing)
    outcome = await hand.write(DeleteRecord("Company", acme.id), company("New", taxId="DE1"))

    assert (problem.code, problem.path) == ("not_found", ("missing",))
    assert outcome.counts == {"deleted": 1, "created": 1}
    assert hand.look("MATCH (c:Company) RETURN c.name") == ["New"]


async def test_an_outdated_deletion_is_a_conflict(hand: Any) -> None:
    acme = company("Acme")
    await hand.write(acme)
    await hand.write(UpdateRecord("Company", acme.id, {"staff": 1}))

    (problem,) = await hand.refused(DeleteRecord("Company", acme.id, 1))

    assert problem.code == "version_conflict"


async def test_an_erased_record_leaves_no_value_anywhere(hand: Any) -> None:
    ann, acme = person("Zebulon", email="z@x.de"), company("Acme")
    await hand.write(ann, acme, link("WORKS_AT", ann, acme, role="zookeeper"))
    await hand.write(UpdateRecord("Person", ann.id, {"name": "Zebulon II"}))

    outcome = await hand.write(EraseRecord("Person", ann.id))

    everything = str(hand.fingerprint())
    assert outcome.counts == {"erased": 1, "unlinked": 1}
    assert [word for word in ("Zebulon", "z@x.de", "zookeeper") if word in everything] == []
    assert hand.look("MATCH (c:Change {record: $id}) RETURN c.op ORDER BY c.id", id=ann.id) == [
        "create", "update", "delete", "erase",
    ]  # fmt: skip


async def test_a_record_that_was_never_linked_is_erased_too_from_life_and_from_the_trash(hand: Any) -> None:
    ann, bob, cid = person("Zebulon"), person("Zacharias"), person("Cid")
    await hand.write(ann, bob, cid, link("KNOWS", bob, bob))
    await hand.write(DeleteRecord("Person", bob.id))

    outcome = await hand.write(EraseRecord("Person", ann.id), EraseRecord("Person", bob.id))

    assert outcome.counts == {"erased": 2}
    assert [word for word in ("Zebulon", "Zacharias") if word in str(hand.fingerprint())] == []
    assert hand.look("MATCH (n:Person|Deleted|LinkVersion) RETURN n.name") == ["Cid"]
