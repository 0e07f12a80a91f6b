"""What is drawn around some records, in which order, and the exact count of what is left out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from analytics import subgraph, surroundings
from analytics.snapshot import Snapshot
from analytics.snapshot.links import moment_of
from analytics.subgraph import Caps, Drawing
from models.errors import NotFound


def ids(kind: int, count: int) -> list[str]:
    return [f"{kind:08x}-0000-7000-8000-{i:012x}" for i in range(count)]


COMPANIES, PEOPLE = ids(1, 3), ids(2, 6)


def small() -> Snapshot:
    """Company 0 employs persons 0 to 4 with rising weight; person 4 knows 5; company 1 owns 0 and 2."""
    works = [(PEOPLE[i], COMPANIES[0], float(i + 1)) for i in range(5)]
    knows = [(PEOPLE[4], PEOPLE[5], 1.0), (PEOPLE[4], PEOPLE[3], 1.0)]
    owns = [(COMPANIES[1], COMPANIES[0]), (COMPANIES[1], COMPANIES[2])]
    return Snapshot.of(
        {"Company": COMPANIES, "Person": PEOPLE}, {"WORKS_AT": works, "KNOWS": knows, "OWNS": owns}, symmetric=["KNOWS"]
    )


def names(snapshot: Snapshot, drawing: Drawing) -> list[str]:
    return [snapshot.id(node)[:8].lstrip("0") + ":" + snapshot.id(node)[-1] for node in drawing.nodes.tolist()]


def test_everything_around_is_drawn_when_there_is_room() -> None:
    snapshot = small()

    drawn = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=2, records=50, links=50))

    assert names(snapshot, drawn) == ["1:0", "2:4", "2:3", "2:2", "2:1", "1:1", "2:0", "1:2", "2:5"]
    assert drawn.hops.tolist() == [0, 1, 1, 1, 1, 1, 1, 2, 2]
    assert (len(drawn.links.source), drawn.records_left_out, drawn.beyond, drawn.links_left_out) == (9, {}, {}, {})


def test_what_does_not_fit_is_counted_by_type_and_relation() -> None:
    snapshot = small()

    drawn = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=1, records=3, links=50))

    assert names(snapshot, drawn) == ["1:0", "2:4", "2:3"]
    assert drawn.records_left_out == {"Company": 1, "Person": 3}
    assert drawn.beyond == {"Person": 1}
    assert drawn.links_left_out == {"WORKS_AT": 3, "KNOWS": 1, "OWNS": 1}


def test_each_hop_has_its_room_and_free_room_goes_to_the_nearest() -> None:
    snapshot = small()

    narrow = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=2, records=5, links=50))
    wide = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=2, records=6, links=50))

    assert names(snapshot, narrow) == ["1:0", "2:4", "2:3", "2:2", "2:5"]
    assert names(snapshot, wide) == ["1:0", "2:4", "2:3", "2:2", "2:1", "2:5"]
    assert narrow.hops.tolist() == [0, 1, 1, 1, 2]


def test_the_links_by_which_records_were_reached_come_first() -> None:
    snapshot = small()
    seed = snapshot.index(COMPANIES[0])

    drawn = subgraph.drawing(snapshot, [seed], Caps(hops=1, records=4, links=3))

    assert sorted(drawn.links.weight.tolist()) == [3.0, 4.0, 5.0]
    assert set(drawn.links.target.tolist()) == {seed}
    assert drawn.links_left_out == {"WORKS_AT": 2, "KNOWS": 2, "OWNS": 1}


def test_scores_rank_before_strength_and_nan_is_last() -> None:
    snapshot = small()
    scores = np.full(snapshot.n, np.nan)
    scores[snapshot.index(PEOPLE[0])], scores[snapshot.index(COMPANIES[1])] = 0.9, -5

    drawn = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=1, records=4), scores=scores)

    assert names(snapshot, drawn) == ["1:0", "2:0", "1:1", "2:4"]


def test_what_is_not_visible_is_neither_shown_nor_counted() -> None:
    snapshot = small()
    visible = np.ones(snapshot.n, np.bool_)
    visible[snapshot.index(PEOPLE[4])] = False

    drawn = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=2, records=3), visible=visible)

    assert names(snapshot, drawn) == ["1:0", "2:3", "2:2"]
    assert drawn.records_left_out == {"Person": 2, "Company": 1}
    assert "KNOWS" not in drawn.links_left_out


def test_only_links_of_the_relations_and_the_moment_asked_for_count() -> None:
    past, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    links = {"OWNS": [(COMPANIES[0], COMPANIES[1], None, past, end)], "RIVALS": [(COMPANIES[0], COMPANIES[2])]}
    snapshot = Snapshot.of({"Company": COMPANIES}, links)

    now = subgraph.drawing(snapshot, [0], relations=["OWNS"])
    then = subgraph.drawing(snapshot, [0], relations=["OWNS"], as_of=datetime(2024, 6, 1, tzinfo=UTC))

    assert now.nodes.tolist() == [0]
    assert then.nodes.tolist() == [0, 1]
    assert then.links_left_out == now.links_left_out == {}


def test_links_of_any_time_say_when_they_hold() -> None:
    past, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    spells = [(past, end), (datetime(2026, 1, 1, tzinfo=UTC), None)]
    links = {
        "OWNS": [(COMPANIES[0], COMPANIES[1], None, *spell) for spell in spells],
        "RIVALS": [(COMPANIES[0], COMPANIES[2])],
    }
    snapshot = Snapshot.of({"Company": COMPANIES}, links)

    drawn = subgraph.drawing(snapshot, [0], as_of=past, any_time=True)

    assert drawn.count.tolist() == [2, 1]
    assert [moment_of(each) for each in drawn.links.begins.tolist()] == [past, None]
    assert [moment_of(each) for each in drawn.links.ends.tolist()] == [None, None]


def test_parallel_links_are_drawn_as_one_and_counted() -> None:
    snapshot = Snapshot.of({"Company": COMPANIES}, {"PAID": [(COMPANIES[0], COMPANIES[1], w) for w in (1.0, 2.0, 4.0)]})

    drawn = subgraph.drawing(snapshot, [0])

    assert (drawn.links.weight.tolist(), drawn.count.tolist()) == ([7.0], [3])
    assert drawn.strength.tolist() == [0.0, 7.0]
    assert drawn.links_left_out == {}


def random_snapshot(seed: int) -> Snapshot:
    generator = np.random.default_rng(seed)
    everyone = COMPANIES + PEOPLE + ids(3, 30)
    relations = {
        name: [
            (everyone[a], everyone[b], float(w)) for a, b, w in zip(*ends, generator.integers(1, 5, 60), strict=True)
        ]
        for name, ends in ((name, generator.integers(0, len(everyone), (2, 60)).tolist()) for name in ("A", "B"))
    }
    return Snapshot.of({"Company": COMPANIES, "Person": PEOPLE, "Order": ids(3, 30)}, relations, symmetric=["B"])


@pytest.mark.parametrize("seed", range(12))
def test_what_is_shown_and_what_is_left_out_are_together_everything(seed: int) -> None:
    """Counted again link by link from the definition."""
    snapshot, caps = random_snapshot(seed), Caps(hops=2, records=4 + 2 * seed, links=5 + 3 * seed)
    links = [
        (name, int(source), int(target))
        for name, arrays in snapshot.links.items()
        for source, target in zip(arrays.sources(), arrays.target, strict=True)
    ]

    drawn = subgraph.drawing(snapshot, [0, 5], caps)

    shown, hops = set(drawn.nodes.tolist()), dict(zip(drawn.nodes.tolist(), drawn.hops.tolist(), strict=True))
    assert len(shown) == len(drawn.nodes) <= caps.records
    assert len(drawn.links.source) <= caps.links
    touching = Counter(name for name, source, target in links if source in shown or target in shown)
    drawn_names = [drawn.relations[relation] for relation in drawn.links.relation.tolist()]
    kept: Counter[str] = Counter()
    for name, count in zip(drawn_names, drawn.count.tolist(), strict=True):
        kept[name] += count
    assert drawn.links_left_out == dict(touching - kept)
    near = {b for _, s, t in links for a, b in ((s, t), (t, s)) if a in shown and b not in shown and hops[a] < 2}
    far = {b for _, s, t in links for a, b in ((s, t), (t, s)) if a in shown and b not in shown} - near
    assert drawn.records_left_out == dict(Counter(snapshot.type_of(node) for node in near))
    assert drawn.beyond == dict(Counter(snapshot.type_of(node) for node in far))


def test_the_same_question_has_the_same_answer() -> None:
    one, other = (subgraph.drawing(random_snapshot(3), [0], Caps(records=12, links=9)) for _ in range(2))

    assert one.nodes.tolist() == other.nodes.tolist()
    assert one.links.source.tolist() == other.links.source.tolist()
    assert one.links.target.tolist() == other.links.target.tolist()


def test_a_hub_costs_one_pass_over_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every link that is read is counted: those of the hub once, those of the shown, nothing else."""
    many = 50_000
    people = ids(2, many)
    relations = {"WORKS_AT": [(each, COMPANIES[0]) for each in people], "OWNS": [(COMPANIES[1], COMPANIES[0])]}
    snapshot = Snapshot.of({"Company": COMPANIES, "Person": people}, relations)
    read: list[int] = []
    rows = surroundings._rows
    monkeypatch.setattr(surroundings, "_rows", lambda *asked: (read.append(len((found := rows(*asked))[0])), found)[1])

    drawn = subgraph.drawing(snapshot, [snapshot.index(COMPANIES[0])], Caps(hops=2, records=40))

    assert len(drawn.nodes) == 40
    assert drawn.records_left_out == {"Person": many - 38}
    assert drawn.links_left_out == {"WORKS_AT": many - 38}
    assert sum(read) <= many + 1 + 2 * 40


@pytest.mark.parametrize("seeds", [[], [0]])
def test_without_links_only_the_seeds_are_drawn(seeds: list[int]) -> None:
    drawn = subgraph.drawing(Snapshot.of({"Company": COMPANIES}), seeds)

    assert drawn.nodes.tolist() == seeds
    assert (drawn.links.source.tolist(), drawn.links_left_out, drawn.records_left_out) == ([], {}, {})


def test_an_empty_snapshot_draws_nothing() -> None:
    assert subgraph.drawing(Snapshot.of({}), []).nodes.tolist() == []


def test_strangers_are_refused() -> None:
    with pytest.raises(NotFound, match="no relation 'LOVES'; it has: WORKS_AT, KNOWS, OWNS"):
        subgraph.drawing(small(), [0], relations=["LOVES"])
    with pytest.raises(IndexError, match="no record 9 in a snapshot of 9"):
        subgraph.drawing(small(), [9])


# the graph itself


def test_the_graph_itself_is_the_most_linked_records_and_the_rest_is_counted() -> None:
    snapshot = small()

    drawn = subgraph.whole(snapshot, Caps(records=3, links=50))

    # company 0 has six links, person 4 three, then company 1 and person 3 two each
    assert names(snapshot, drawn) == ["1:0", "2:4", "1:1"]
    assert drawn.hops.tolist() == [0, 0, 0]
    assert sorted(drawn.relations[relation] for relation in drawn.links.relation.tolist()) == ["OWNS", "WORKS_AT"]
    assert (drawn.records_left_out, drawn.beyond) == ({"Company": 1, "Person": 5}, {})


def test_the_graph_itself_holds_what_has_room_of_what_may_be_seen() -> None:
    snapshot = small()
    people = np.zeros(snapshot.n, np.bool_)
    people[snapshot.indices(PEOPLE)] = True

    drawn = subgraph.whole(snapshot, Caps(records=50, links=50), visible=people)
    by_one = subgraph.whole(snapshot, Caps(records=2, links=50), relations=["KNOWS"])

    assert len(drawn.nodes) == len(PEOPLE)
    assert {drawn.relations[each] for each in drawn.links.relation.tolist()} == {"KNOWS"}
    assert drawn.records_left_out == {}
    assert names(snapshot, by_one) == ["2:4", "2:3"]


def test_the_graph_itself_of_nothing_is_empty() -> None:
    drawn = subgraph.whole(Snapshot.of({"Company": []}, {}), Caps())

    assert (len(drawn.nodes), len(drawn.links.source), drawn.records_left_out) == (0, 0, {})


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("minute", [None, 100])
def test_the_links_of_each_record_are_counted_as_one_by_one(seed: int, minute: int | None) -> None:
    chance = np.random.default_rng(seed)
    every = [*COMPANIES, *PEOPLE]
    ends = chance.integers(0, len(every), (40, 2)).tolist()  # some lead from a record to itself, some are parallel
    plain = [(every[a], every[b]) for a, b in ends]
    bounds = [sorted(chance.choice(200, 2, replace=False).tolist()) for _ in ends]
    held = [
        (a, b, 1.0, moment_of(since), moment_of(until)) for (a, b), (since, until) in zip(plain, bounds, strict=True)
    ]
    snapshot = Snapshot.of({"Company": COMPANIES, "Person": PEOPLE}, {"PLAIN": plain, "HELD": held, "NONE": []})

    counted = surroundings.link_counts(snapshot, ("PLAIN", "HELD", "NONE"), minute)

    true = [
        pair for pair, (since, until) in zip(plain, bounds, strict=True) if minute is None or since <= minute < until
    ]
    expected = Counter(end for pair in (*plain, *true) for end in set(pair))
    assert {snapshot.id(i): int(count) for i, count in enumerate(counted)} == {each: expected[each] for each in every}


def test_of_many_records_each_is_told_once_as_of_few() -> None:
    nodes = np.array([5, 3, 5, 0, 3], np.int32)

    assert surroundings.distinct(nodes, 6).tolist() == surroundings.distinct(nodes, 6_000).tolist() == [0, 3, 5]
