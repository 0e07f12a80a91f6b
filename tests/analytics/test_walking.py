"""Paths walked on a snapshot: each pair once, whichever relation and direction a type takes a step by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analytics.snapshot import Snapshot
from analytics.walking import Walker
from models.errors import NotFound
from models.ids import new_id
from models.metamodel import End, EntityType, Metamodel, RelationType, Validity
from models.profiles.paths import NoStep

NAMES = {"Firm": ("f0", "f1", "f2"), "Person": ("p0", "p1", "p2"), "Talk": ("t0", "t1"), "Mail": ("m0",)}
TYPES = {name: EntityType(name, f"{name}s", {}) for name in NAMES}
RELATIONS = (
    RelationType("WORKS_AT", End(("Person",), "employers"), End(("Firm",), "employees"), validity=Validity.OVERLAPS),
    RelationType("SPOKE", End(("Person",), "acts"), End(("Talk",), "people")),
    RelationType("WROTE", End(("Mail",), "writers"), End(("Firm", "Person"), "mails")),
    RelationType("TOLD", End(("Talk",), "about"), End(("Firm",), "acts")),
    RelationType("KNOWS", End(("Person",), "friends"), End(("Person",), "friends"), symmetric=True),
)
MODEL = Metamodel(1, TYPES, {each.name: each for each in RELATIONS})
IDS = {name: {short: new_id() for short in shorts} for name, shorts in NAMES.items()}
LONG = {short: id for ids in IDS.values() for short, id in ids.items()}
SHORT = {id: short for short, id in LONG.items()}


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=UTC)


def link(pair: str, *more: object) -> tuple[object, ...]:
    return (*(LONG[short] for short in pair.split("-")), *more)


SNAPSHOT = Snapshot.of(
    {name: list(ids.values()) for name, ids in IDS.items()},
    {
        "WORKS_AT": [
            link("p0-f0", None, day(1), None),
            link("p1-f0", None, day(1), day(10)),
            link("p1-f1", None, day(10), None),
            link("p0-f1", None, day(1), None),
        ],
        "SPOKE": [link("p0-t0"), link("p1-t0"), link("p1-t1")],
        "WROTE": [link("m0-f2"), link("m0-p2")],
        "TOLD": [link("t1-f0")],
        "KNOWS": [link("p0-p1"), link("p2-p2")],
    },
    symmetric=("KNOWS",),
    taken_at=day(20),
)


def walked(type_name: str, *path: str, as_of: datetime | None = None) -> list[str]:
    near, far = Walker(MODEL, SNAPSHOT, as_of).pairs(type_name, path)
    pairs = zip(near.tolist(), far.tolist(), strict=True)
    return sorted(f"{SHORT[SNAPSHOT.id(one)]}-{SHORT[SNAPSHOT.id(other)]}" for one, other in pairs)


def test_a_step_goes_along_a_relation_or_against_it() -> None:
    assert walked("Person", "employers") == ["p0-f0", "p0-f1", "p1-f1"]
    assert walked("Firm", "employees") == ["f0-p0", "f1-p0", "f1-p1"]


def test_a_symmetric_relation_goes_both_ways_and_a_link_to_oneself_once() -> None:
    assert walked("Person", "friends") == ["p0-p1", "p1-p0", "p2-p2"]


def test_what_is_reached_by_several_ways_is_there_once() -> None:
    assert walked("Firm", "employees", "acts") == ["f0-t0", "f1-t0", "f1-t1"]
    assert walked("Firm", "employees", "employers") == ["f0-f0", "f0-f1", "f1-f0", "f1-f1"]


def test_paths_are_walked_as_of_a_moment() -> None:
    assert walked("Firm", "employees", as_of=day(5)) == ["f0-p0", "f0-p1", "f1-p0"]


def test_each_type_takes_a_step_by_its_own_relation() -> None:
    # a mail has written to firms and people; both have acts, by different relations
    assert walked("Mail", "writers") == ["m0-f2", "m0-p2"]
    assert walked("Mail", "writers", "acts") == []
    assert walked("Firm", "acts") == ["f0-t1"]
    assert walked("Person", "acts") == ["p0-t0", "p1-t0", "p1-t1"]


def test_a_step_that_is_none_and_a_relation_that_is_missing_are_named() -> None:
    with pytest.raises(NoStep) as stop:
        walked("Firm", "employees", "talks")
    assert (stop.value.place, stop.value.types) == (1, ("Person",))
    assert set(stop.value.known) == {"employers", "acts", "mails", "friends"}

    with pytest.raises(NotFound):
        Walker(MODEL, Snapshot.of({"Firm": [], "Person": []})).pairs("Firm", ("employees",))
    with pytest.raises(NotFound):
        Walker(MODEL, Snapshot.of({"Person": []})).pairs("Firm", ("employees",))
