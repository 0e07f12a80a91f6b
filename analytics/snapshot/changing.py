"""What would be if: a changed copy of a snapshot, made of the same merge that brings real changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.links import ALWAYS, FOREVER, Columns, LinkArrays, minute_of
from analytics.snapshot.merging import Renumbering, between, relinked, renumbered
from analytics.snapshot.records import Bytes, is_packable, packed
from models.errors import Problem, Rejected, told

if TYPE_CHECKING:
    from analytics.snapshot.state import Snapshot

Pair = tuple[str, str, str]  # relation, source id, target id
Extra = tuple[str, str, str] | tuple[str, str, str, float]
Ended = tuple[str, str, str] | tuple[str, str, str, datetime]
Weighed = tuple[str, str, str, float]
Rows = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Wishes:
    """What is to be different, as `Snapshot.changed` takes it."""

    without_records: tuple[str, ...]
    without_links: tuple[Pair, ...]
    extra_records: tuple[tuple[str, str], ...]
    extra_links: tuple[Extra, ...]
    ended: tuple[Ended, ...]
    weights: tuple[Weighed, ...]

    def of_links(self) -> Iterable[tuple[str, tuple[Any, ...]]]:
        """Every wish about links and the argument it came in, in the order in which they are carried out."""
        for name in ("without_links", "weights", "ended", "extra_links"):
            yield from ((name, wish) for wish in getattr(self, name))


def changed(
    snapshot: Snapshot,
    without_records: Iterable[str],
    without_links: Iterable[Pair],
    extra_records: Iterable[tuple[str, str]],
    extra_links: Iterable[Extra],
    ended: Iterable[Ended],
    weights: Iterable[Weighed],
) -> Snapshot:
    """What `Snapshot.changed` promises."""
    wishes = Wishes(
        tuple(without_records),
        tuple(without_links),
        tuple(extra_records),
        tuple(extra_links),
        tuple(ended),
        tuple(weights),
    )
    problems: list[Problem] = []
    renumbering = _people(snapshot, wishes, problems)
    moved = bool(wishes.without_records or wishes.extra_records)
    of_relation: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for argument, wish in wishes.of_links():
        of_relation.setdefault(wish[0], []).append((argument, wish))
    links = dict(snapshot.links)
    for relation in links if moved else of_relation:
        if relation in links:
            links[relation] = _Relinking(snapshot, renumbering, links[relation], problems).done(
                of_relation.get(relation, []), moved=moved
            )
    problems.extend(
        Problem("not_found", f"The snapshot has no relation {name!r}.", (argument, name))
        for name in of_relation.keys() - links.keys()
        for argument, _ in of_relation[name]
    )
    if problems:
        raise Rejected(problems)
    return replace(snapshot, records=renumbering.records, links=links)


def _people(snapshot: Snapshot, wishes: Wishes, problems: list[Problem]) -> Renumbering:
    gone = snapshot.indices(wishes.without_records)
    problems.extend(
        told(
            "not_found",
            "There is no record {id}; it may have been deleted.",
            ("without_records", id),
            case="record",
            id=id,
        )
        for id, number in zip(wishes.without_records, gone, strict=True)
        if number < 0
    )
    came: dict[str, list[str]] = {}
    there = snapshot.indices(id for _, id in wishes.extra_records)
    for (type_name, id), number in zip(wishes.extra_records, there, strict=True):
        if number >= 0 or not is_packable(id):
            what = "is there already" if number >= 0 else "is no id"
            problems.append(Problem("bad_id", f"The extra record {id!r} {what}.", ("extra_records", id)))
        else:
            came.setdefault(type_name, []).append(id)
    new: Mapping[str, Bytes] = {name: packed(ids) for name, ids in came.items()}
    return renumbered(snapshot.records, gone[gone >= 0], new)


@dataclass
class _Relinking:
    """The links of one relation while wishes about it are carried out: pair by pair, each with all of its links."""

    snapshot: Snapshot
    renumbering: Renumbering
    links: LinkArrays
    problems: list[Problem]

    def done(self, wishes: list[tuple[str, tuple[Any, ...]]], *, moved: bool) -> LinkArrays:
        if any(argument in ("weights", "extra_links") and len(wish) > 3 for argument, wish in wishes):
            self._give_weights()
        pairs: dict[tuple[int, int], Rows] = {}
        for argument, wish in wishes:
            ends = self._ends(argument, wish)
            if ends is not None:
                self._carry_out(argument, wish, pairs.setdefault(ends, self._rows(ends)))
        touched = np.array(list(pairs), np.int32).reshape(-1, 2)
        return relinked(self.links, self.renumbering, (touched[:, 0], touched[:, 1]), self._fresh(pairs), moved=moved)

    def _give_weights(self) -> None:
        if self.links.weight is None:
            self.links = replace(self.links, weight=np.ones(self.links.m, np.float32))

    def _ends(self, argument: str, wish: tuple[Any, ...]) -> tuple[int, int] | None:
        """The later numbers of both ends; None, with a problem noted, when there is no such record or link."""
        found = self.renumbering.records.indices(wish[1:3])
        self.problems.extend(
            Problem("not_found", f"The changed snapshot has no record {id!r}.", (argument, id))
            for id, number in zip(wish[1:3], found, strict=True)
            if number < 0
        )
        if (found < 0).any():
            return None
        source, target = (int(number) for number in found)
        if self.links.symmetric and wish[1] > wish[2]:
            source, target = target, source
        if argument != "extra_links" and not len(self._rows((source, target))["target"]):
            message = f"No {wish[0]} link leads from {wish[1]} to {wish[2]} in the snapshot."
            self.problems.append(Problem("not_found", message, (argument, *wish[:3])))
            return None
        return source, target

    def _rows(self, ends: tuple[int, int]) -> Rows:
        """The links between two records as they are in the snapshot."""
        ids = self.renumbering.records.ids[list(ends)]
        source, target = (int(number) for number in self.snapshot.records.indices_of(ids))
        place = between(self.links, source, target) if source >= 0 and target >= 0 else slice(0, 0)
        return {name: array[place].copy() for name, array in self.links.columns.items()}

    def _carry_out(self, argument: str, wish: tuple[Any, ...], rows: Rows) -> None:
        if argument == "without_links":
            rows.update({name: array[:0] for name, array in rows.items()})
        elif argument == "weights":
            rows["weight"][:] = self._weight(argument, wish)
        elif argument == "ended":
            self._end(wish, rows)
        else:
            one = {"target": 0, "weight": self._weight(argument, wish), "valid_from": ALWAYS, "valid_to": FOREVER}
            rows.update({name: np.append(array, array.dtype.type(one[name])) for name, array in rows.items()})

    def _end(self, wish: tuple[Any, ...], rows: Rows) -> None:
        """Links that hold for a time end then; others are no more."""
        if "valid_to" not in rows:
            rows.update({name: array[:0] for name, array in rows.items()})
            return
        moment = wish[3] if len(wish) > 3 else self.snapshot.moment or self.snapshot.taken_at
        rows["valid_to"] = np.minimum(rows["valid_to"], np.int32(minute_of(moment)))

    def _weight(self, argument: str, wish: tuple[Any, ...]) -> float:
        weight = float(wish[3]) if len(wish) > 3 else 1.0
        if np.isfinite(weight) and weight >= 0:
            return weight
        message = f"A weight is a finite number of at least 0, not {weight}."
        self.problems.append(Problem("bad_weight", message, (argument, *wish[:3])))
        return 1.0

    def _fresh(self, pairs: Mapping[tuple[int, int], Rows]) -> Columns:
        """The links of all pairs, in later numbers."""
        none = {name: array[:0] for name, array in self.links.columns.items()}
        sizes = [len(rows["target"]) for rows in pairs.values()]
        fresh = {name: np.concatenate([none[name], *(rows[name] for rows in pairs.values())]) for name in none}
        fresh["source"] = np.repeat(np.array([source for source, _ in pairs], np.int32), sizes)
        fresh["target"] = np.repeat(np.array([target for _, target in pairs], np.int32), sizes)
        return fresh
