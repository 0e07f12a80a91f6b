"""Links made, changed, ended and unlinked by units of work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from models.commands import CreateLink, CreateRecord, EndLink, Unlink, UpdateLink, UpdateRecord
from models.ids import new_id
from models.metamodel import Direction

pytestmark = pytest.mark.anyio


def day(number: int, year: int = 2026) -> datetime:
    return datetime(year, 1, number, tzinfo=UTC)


async def records(hand: Any, *types: str) -> list[str]:
    commands = [CreateRecord(name, new_id(), {"title" if name == "Deal" else "name": name}) for name in types]
    await hand.write(*commands)
    return [command.id for command in commands]


def link(relation: str, source: str, target: str, values: dict[str, Any] | None = None, **times: Any) -> CreateLink:
    return CreateLink(relation, new_id(), source, target, values or {}, path=("link",), **times)


async def test_a_second_employer_leaves_the_first_alone(hand: Any) -> None:
    ann, acme, base = await records(hand, "Person", "Company", "Company")
    await hand.write(link("WORKS_AT", ann, acme, {"role": "cto"}))

    outcome = await hand.write(link("WORKS_AT", ann, base))

    assert outcome.counts == {"linked": 1}
    assert set(hand.look("MATCH (:Person)-[:WORKS_AT]->(c:Company) RETURN c.id")) == {acme, base}
    assert hand.look("MATCH (p:Person) RETURN p.version") == [1]


async def test_a_relation_that_is_not_repeatable_links_a_pair_once_in_whichever_direction(hand: Any) -> None:
    ann, bob, acme, base = await records(hand, "Person", "Person", "Company", "Company")
    await hand.write(link("KNOWS", bob, ann), link("OWNS", acme, base))

    (again,) = await hand.refused(link("KNOWS", ann, bob))
    owned = await hand.refused(link("OWNS", acme, base))
    twice = await hand.refused(link("KNOWS", ann, ann), link("KNOWS", ann, ann))

    assert again.code == "duplicate_link"
    assert hand.look("MATCH (a)-[:KNOWS]->(b) RETURN [a.id, b.id]") == [sorted([ann, bob])]
    assert [problem.code for problem in owned] == ["duplicate_link", "too_many_links"]
    assert [problem.code for problem in twice] == ["duplicate_link"]


async def test_an_end_has_no_more_links_at_one_moment_than_it_may_at_once(hand: Any) -> None:
    ann, bob, acme, base, core = await records(hand, "Person", "Person", "Company", "Company", "Company")
    january = link("ADVISES", ann, acme, valid_from=day(1, 2030), valid_to=day(10, 2030))
    later = link("ADVISES", ann, base, valid_from=day(20, 2030), valid_to=day(30, 2030))
    await hand.write(january, later)

    throughout = link("ADVISES", ann, core, valid_from=day(1, 2030), valid_to=day(30, 2030))
    await hand.write(throughout)  # three links overlap it, but only two ever hold at once
    (third,) = await hand.refused(link("ADVISES", ann, core, valid_from=day(9, 2030), valid_to=day(12, 2030)))
    await hand.write(link("ADVISES", ann, core, valid_from=day(10, 2030), valid_to=day(20, 2030)))
    (open_,) = await hand.refused(link("ADVISES", ann, base))

    assert (third.code, third.path, third.details["id"]) == ("too_many_links", ("link",), ann)
    assert open_.code == "too_many_links"
    await hand.write(link("ADVISES", bob, acme))
    crowded = await hand.refused(link("ADVISES", bob, base), link("ADVISES", bob, core, valid_from=day(15, 2031)))
    assert {(problem.code, problem.details["id"]) for problem in crowded} == {("too_many_links", bob)}


@pytest.mark.parametrize("end", ["source", "target"])
async def test_a_link_is_not_moved_to_where_an_end_has_all_it_may(hand: Any, end: str) -> None:
    *three, one = await records(
        hand, *(("Company",) * 3 if end == "source" else ("Person",) * 3), "Person" if end == "source" else "Company"
    )
    ends = [(one, each) if end == "source" else (each, one) for each in three]
    days = [(1, 10), (5, 15), (20, 25)]
    links = [
        link("ADVISES", *pair, valid_from=day(first, 2030), valid_to=day(last, 2030))
        for pair, (first, last) in zip(ends, days, strict=True)
    ]
    await hand.write(*links)

    def moved(place: int, near: str | None = None, **times: Any) -> UpdateLink:
        return UpdateLink("ADVISES", links[place].id, {}, near, path=("move",), **times)

    (refused,) = await hand.refused(moved(2, valid_from=day(9, 2030)))
    await hand.write(
        moved(2, valid_from=day(10, 2030)), moved(0, valid_to=day(9, 2030)), moved(1, valid_from=day(6, 2030))
    )
    (opened,) = await hand.refused(moved(2, valid_from=day(2, 2030), valid_to=day(8, 2030)))
    both = await hand.refused(moved(0, one, valid_to=day(22, 2030)), moved(2, one, valid_from=day(11, 2030)))

    assert (refused.code, refused.path, refused.details["id"]) == ("too_many_links", ("move",), one)
    assert opened.code == "too_many_links"
    assert {problem.code for problem in both} == {"too_many_links"}
    assert hand.look("MATCH ()-[l:ADVISES]->() RETURN l.validFrom.day ORDER BY l.validFrom") == [1, 6, 10]


async def test_an_end_has_no_more_links_than_it_may(hand: Any) -> None:
    one, two, three = await records(hand, "Company", "Company", "Company")
    await hand.write(link("OWNS", one, three))

    (full,) = await hand.refused(link("OWNS", two, three))
    new = CreateRecord("Company", new_id(), {"name": "New"})
    (within,) = await hand.refused(new, link("OWNS", one, new.id), link("OWNS", two, new.id))

    assert (full.code, full.path) == ("too_many_links", ("link",))
    assert within.code == "too_many_links"
    assert hand.look("MATCH ()-[l:OWNS]->() RETURN count(l)") == [1]


async def test_unlinking_makes_room_for_the_next_in_the_same_request(hand: Any) -> None:
    one, two, three = await records(hand, "Company", "Company", "Company")
    first = link("OWNS", one, three, {"share": 60})
    await hand.write(first)

    outcome = await hand.write(Unlink("OWNS", first.id, near=three), link("OWNS", two, three))

    assert outcome.counts == {"unlinked": 1, "linked": 1}
    assert hand.look("MATCH (c)-[:OWNS]->() RETURN c.id") == [two]
    (kept,) = hand.look(
        "MATCH (v:LinkVersion) RETURN v {.id, .relation, .source, .target, .share, .closed_by, .closed_in}"
    )
    assert kept == {
        "id": first.id, "relation": "OWNS", "source": one, "target": three, "share": 60,
        "closed_by": "unlink", "closed_in": outcome.change_set,
    }  # fmt: skip
    assert hand.look("MATCH (c:Change {op: 'unlink'}) RETURN [c.link, c.source, c.target, c.`before.share`]") == [
        [first.id, one, three, 60]
    ]


async def test_problems_are_those_that_are_left_when_what_goes_has_gone(hand: Any) -> None:
    one, two, three = await records(hand, "Company", "Company", "Company")
    first = link("OWNS", one, three)
    await hand.write(first)
    before = hand.fingerprint()

    (problem,) = await hand.refused(
        Unlink("OWNS", first.id), link("OWNS", two, three), UpdateRecord("Company", new_id(), {}, path=("missing",))
    )

    assert (problem.code, problem.path) == ("not_found", ("missing",))
    assert hand.fingerprint() == before


async def test_every_link_between_two_records_goes_at_once(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    await hand.write(link("WORKS_AT", ann, acme), link("WORKS_AT", ann, acme))

    outcome = await hand.write(Unlink("WORKS_AT", near=acme, far=ann))
    (missing,) = await hand.refused(Unlink("WORKS_AT", near=acme, far=ann, path=("u",)))

    assert outcome.counts == {"unlinked": 2}
    assert (missing.code, missing.path) == ("not_found", ("u",))


async def test_of_links_from_a_type_to_itself_those_of_one_direction_go(hand: Any) -> None:
    one, two = await records(hand, "Company", "Company")
    there, back = link("OWNS", one, two), link("OWNS", two, one)
    await hand.write(there, back)

    await hand.write(Unlink("OWNS", near=one, far=two, direction=Direction.IN))
    left = hand.look("MATCH ()-[l:OWNS]->() RETURN l.id")
    (missing,) = await hand.refused(Unlink("OWNS", near=one, far=two, direction=Direction.IN, path=("u",)))
    await hand.write(Unlink("OWNS", near=one, far=two, direction=Direction.OUT))

    assert left == [there.id]
    assert (missing.code, missing.path) == ("not_found", ("u",))
    assert hand.look("MATCH ()-[l:OWNS]->() RETURN l.id") == []


async def test_a_bound_that_is_taken_away_leaves_the_time_open(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    made = link("SITS_IN", ann, acme, valid_from=day(1), valid_to=day(5, 2030))
    await hand.write(made)

    outcome = await hand.write(UpdateLink("SITS_IN", made.id, {}, open=("validTo",)))
    again = await hand.write(UpdateLink("SITS_IN", made.id, {}, open=("validTo",)))

    assert (outcome.counts, again.counts) == ({"relinked": 1}, {"unchanged": 1})
    assert hand.look("MATCH ()-[l:SITS_IN]->() RETURN [toString(l.validFrom), l.validTo]") == [
        ["2026-01-01T00:00:00Z", None]
    ]
    assert hand.look("MATCH (c:Change {op: 'update'}) RETURN toString(c.`before.validTo`)") == ["2030-01-05T00:00:00Z"]


async def test_a_time_is_not_opened_over_another_of_the_pair(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    first = link("SITS_IN", ann, acme, valid_from=day(1, 2030), valid_to=day(5, 2030))
    second = link("SITS_IN", ann, acme, valid_from=day(9, 2030))
    await hand.write(first, second)
    before = hand.fingerprint()

    (later,) = await hand.refused(UpdateLink("SITS_IN", first.id, {}, open=("validTo",), path=("later",)))
    (earlier,) = await hand.refused(UpdateLink("SITS_IN", second.id, {}, open=("validFrom",), path=("earlier",)))

    assert [(problem.code, problem.path) for problem in (later, earlier)] == [
        ("bad_times", ("later",)),
        ("bad_times", ("earlier",)),
    ]
    assert hand.fingerprint() == before
    await hand.write(UpdateLink("SITS_IN", first.id, {}, open=("validFrom",)))
    assert hand.look("MATCH ()-[l:SITS_IN {id: $id}]->() RETURN l.validFrom", id=first.id) == [None]


async def test_times_of_one_pair_may_not_overlap_where_the_relation_says_so(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    await hand.write(link("SITS_IN", ann, acme, valid_from=day(1), valid_to=day(5)))  # over: kept beside the graph
    present = link("SITS_IN", ann, acme, valid_from=day(10))
    await hand.write(present)

    (past,) = await hand.refused(link("SITS_IN", ann, acme, valid_from=day(4), valid_to=day(6)))
    (now,) = await hand.refused(link("SITS_IN", ann, acme, valid_from=day(20)))
    (moved,) = await hand.refused(UpdateLink("SITS_IN", present.id, {}, valid_from=day(2)))
    await hand.write(link("SITS_IN", ann, acme, valid_from=day(5), valid_to=day(10)))

    assert [past.code, now.code, moved.code] == ["overlapping_link", "overlapping_link", "bad_times"]
    assert "give a begin and an end" in now.message
    assert "outside the times of other links of the same two records" in moved.message
    assert hand.look("MATCH ()-[l:SITS_IN]->() RETURN l.id") == [present.id]
    assert hand.look("MATCH (v:LinkVersion) RETURN count(v)") == [2]


async def test_a_link_that_ends_before_it_begins_is_refused(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme, valid_from=day(10))
    await hand.write(employed)

    (new,) = await hand.refused(link("WORKS_AT", ann, acme, valid_from=day(2), valid_to=day(1)))
    (ended,) = await hand.refused(EndLink("WORKS_AT", employed.id, day(9)))
    (timeless,) = await hand.refused(link("KNOWS", ann, ann, valid_from=day(1)))

    assert [new.code, ended.code, timeless.code] == ["bad_times", "bad_times", "no_validity"]


async def test_ending_a_link_keeps_what_was_believed_and_what_is_known_now(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme, {"role": "cto"}, valid_from=day(1))
    await hand.write(employed, now=day(2))

    outcome = await hand.write(EndLink("WORKS_AT", employed.id, day(20), near=acme), now=day(25))

    assert outcome.counts == {"ended": 1}
    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN l") == []
    versions = hand.look(
        "MATCH (v:LinkVersion) RETURN [v.role, v.validTo = $end, v.knownFrom = $was, v.knownTo = $now] ORDER BY v.knownFrom",
        end=day(20), was=day(2), now=day(25),
    )  # fmt: skip
    assert versions == [["cto", None, True, True], ["cto", True, False, None]]


async def test_a_link_that_will_end_stays_until_then(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme)
    await hand.write(employed, now=day(1))

    await hand.write(EndLink("WORKS_AT", employed.id, day(9)), now=day(2))

    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN [l.version, l.validTo = $at]", at=day(9)) == [[2, True]]


async def test_a_links_own_fields_are_changed_from_either_end(hand: Any) -> None:
    ann, acme, base = await records(hand, "Person", "Company", "Company")
    employed = link("WORKS_AT", ann, acme, {"role": "dev"})
    await hand.write(employed, now=day(1))

    changed = await hand.write(UpdateLink("WORKS_AT", employed.id, {"role": "cto"}, near=acme), now=day(2))
    same = await hand.write(UpdateLink("WORKS_AT", employed.id, {"role": "cto"}, near=ann), now=day(3))
    (far,) = await hand.refused(UpdateLink("WORKS_AT", employed.id, {"role": "x"}, near=base, path=("far",)))

    assert [changed.counts, same.counts] == [{"relinked": 1}, {"unchanged": 1}]
    assert (far.code, far.path) == ("not_found", ("far",))
    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN [l.role, l.version]") == [["cto", 2]]
    assert hand.look("MATCH (v:LinkVersion) RETURN [v.role, v.version, v.closed_by]") == [["dev", 1, "update"]]
    assert hand.look(
        "MATCH (c:Change {op: 'update'}) RETURN [c.`before.role`, c.`after.role`, c.source, c.target]"
    ) == [["dev", "cto", ann, acme]]


async def test_a_link_named_twice_is_unlinked_once(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme)
    await hand.write(employed)

    outcome = await hand.write(Unlink("WORKS_AT", employed.id), Unlink("WORKS_AT", employed.id, near=ann))

    assert outcome.counts == {"unlinked": 1}
    assert hand.look("MATCH (v:LinkVersion) RETURN count(v)") == [1]


async def test_a_link_given_an_end_that_is_over_leaves_the_graph_like_an_ended_one(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme, {"role": "dev"}, valid_from=day(1))
    await hand.write(employed, now=day(2))

    change = UpdateLink("WORKS_AT", employed.id, {"role": "cto"}, valid_from=day(3), valid_to=day(20))
    outcome = await hand.write(change, now=day(25))

    assert outcome.counts == {"ended": 1}
    assert hand.look("MATCH ()-[l:WORKS_AT]->() RETURN l") == []
    versions = hand.look(
        "MATCH (v:LinkVersion) RETURN [v.role, v.validFrom = $from, v.validTo = $end, v.knownTo = $now] ORDER BY v.knownFrom",
        **{"from": day(3), "end": day(20), "now": day(25)},
    )
    assert versions == [["dev", False, None, True], ["cto", True, True, None]]
    (noted,) = hand.look(
        "MATCH (c:Change {op: 'end'}) RETURN [c.`before.role`, c.`after.role`, c.`after.validTo` = $end]", end=day(20)
    )
    assert noted == ["dev", "cto", True]


async def test_an_end_that_is_over_is_refused_where_the_time_is_taken_or_has_not_begun(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    early = link("SITS_IN", ann, acme, valid_from=day(1), valid_to=day(10))
    late = link("SITS_IN", ann, acme, valid_from=day(20))
    await hand.write(early, late, now=day(2))
    before = hand.fingerprint()

    taken = await hand.refused(UpdateLink("SITS_IN", early.id, {}, valid_to=day(22), path=("u",)), now=day(25))
    ended = await hand.refused(EndLink("SITS_IN", early.id, day(22), path=("e",)), now=day(25))
    unborn = await hand.refused(UpdateLink("SITS_IN", late.id, {}, valid_to=day(19), path=("n",)), now=day(25))

    assert [(each.code, each.path) for each in (*taken, *ended, *unborn)] == [
        ("bad_times", ("u",)), ("bad_times", ("e",)), ("bad_times", ("n",)),
    ]  # fmt: skip
    assert hand.fingerprint() == before


async def test_several_changes_of_a_link_in_one_request_make_one_version(hand: Any) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme, {"role": "dev"})
    await hand.write(employed, now=day(1))

    outcome = await hand.write(
        UpdateLink("WORKS_AT", employed.id, {"role": "cto"}),
        UpdateLink("WORKS_AT", employed.id, {"role": "ceo"}, valid_from=day(1)),
        EndLink("WORKS_AT", employed.id, day(9)),
        now=day(2),
    )

    assert outcome.counts == {"relinked": 1}
    assert hand.look(
        "MATCH ()-[l:WORKS_AT]->() RETURN [l.role, l.version, l.validFrom = $from, l.validTo = $end]",
        **{"from": day(1), "end": day(9)},
    ) == [["ceo", 2, True, True]]
    versions = "MATCH (v:LinkVersion) RETURN [v.role, v.version, v.validTo, v.held_to = v.knownTo] ORDER BY v.validTo"
    # as it was believed until then, and as it is held to have been within the new bounds
    assert [[*row[:2], row[3]] for row in hand.look(versions)] == [["dev", 1, True], ["dev", 1, None]]


@pytest.mark.parametrize("unlinked_first", [True, False])
async def test_what_is_unlinked_needs_no_other_change(hand: Any, unlinked_first: bool) -> None:
    ann, acme = await records(hand, "Person", "Company")
    employed = link("WORKS_AT", ann, acme, {"role": "dev"})
    await hand.write(employed)
    others = [UpdateLink("WORKS_AT", employed.id, {"role": "cto"}), EndLink("WORKS_AT", employed.id, day(1))]

    commands = (
        [Unlink("WORKS_AT", employed.id), *others] if unlinked_first else [*others, Unlink("WORKS_AT", employed.id)]
    )
    outcome = await hand.write(*commands)

    assert outcome.counts == {"unlinked": 1}
    assert hand.look("MATCH (v:LinkVersion) RETURN [v.role, v.closed_by]") == [["dev", "unlink"]]
