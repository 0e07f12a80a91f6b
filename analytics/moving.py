"""Which parts of a record's score moved from one run to another: reasons and paths, each matched with what it was before."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

# a reason or path of a document, as `analytics.runs.storing` writes it: the weightiest first
Stored: TypeAlias = Mapping[str, Any]
Pair: TypeAlias = tuple[Stored | None, Stored | None]

LEAST = 1e-12  # a difference of less is one of rounding
_SPEAKS_OF = ("field", "name", "signal")  # facts that tell two reasons of one code apart


@dataclass(frozen=True, slots=True)
class ReasonMoved:
    """A reason and what it added to the score in both runs, 0 in one that did not have it; facts are those of the later run
    that has it. `records` are ids.
    """

    code: str
    facts: Mapping[str, Any]
    records: tuple[str, ...]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class PathMoved:
    """A path and its strength in both runs, None in one that did not have it; `records` are ids."""

    code: str
    relations: tuple[str, ...]
    records: tuple[str, ...]
    before: float | None
    after: float | None


def reasons_moved(before: Sequence[Stored], after: Sequence[Stored]) -> tuple[ReasonMoved, ...]:
    """The reasons that do not add the same in both runs, largest move first; their moves sum to the score's.

    A reason is the same as one that has its code and speaks of the same field and records; a reason that is the only one of
    its code and field in both runs may speak of other records (silence since a later event is still the silence).

    >>> [
    ...     (each.records, each.before, each.after)
    ...     for each in reasons_moved(
    ...         [{"code": "received", "contribution": 0.3, "facts": {}, "records": ["a"]}],
    ...         [
    ...             {"code": "received", "contribution": 0.3, "facts": {}, "records": ["a"]},
    ...             {"code": "received", "contribution": 0.1, "facts": {}, "records": ["b"]},
    ...         ],
    ...     )
    ... ]
    [(('b',), 0.0, 0.1)]
    """
    found = [_reason(old, new) for old, new in _matched(before, after)]
    moved = [each for each in found if abs(each.after - each.before) > LEAST]
    return tuple(sorted(moved, key=lambda each: (-abs(each.after - each.before), each.code, each.records)))


def paths_moved(before: Sequence[Stored], after: Sequence[Stored]) -> tuple[PathMoved, ...]:
    """The paths that are new, gone, or of another strength, strongest first.

    >>> path = {"code": "risk", "relations": ["KNOWS"], "records": ["a", "b"], "strength": 0.5}
    >>> [(each.before, each.after) for each in paths_moved([path], [])]
    [(0.5, None)]
    """
    old, new = ({_way(path): float(path["strength"]) for path in paths} for paths in (before, after))
    found = [PathMoved(*way, old.get(way), new.get(way)) for way in dict.fromkeys([*old, *new])]
    moved = [each for each in found if each.before is None or each.after is None or _apart(each.before, each.after)]
    return tuple(sorted(moved, key=lambda each: (-max(each.before or 0.0, each.after or 0.0), each.records)))


def _way(path: Stored) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return path["code"], tuple(path["relations"]), tuple(path["records"])


def _apart(one: float, other: float) -> bool:
    return abs(one - other) > LEAST


def _matched(before: Sequence[Stored], after: Sequence[Stored]) -> Iterator[Pair]:
    """Each reason of both runs once, beside the one that it was or became."""
    later = _by(after, _whole)
    left: list[Stored] = []
    for old in before:
        same = later.get(_whole(old))
        if same:
            yield old, same.pop(0)
        else:
            left.append(old)
    gone, came = _by(left, _subject), _by([one for rest in later.values() for one in rest], _subject)
    once = _once(before) & _once(after)
    for subject in dict.fromkeys([*gone, *came]):
        olds, news = gone.get(subject, []), came.get(subject, [])
        if subject in once:
            yield olds[0], news[0]
        else:
            yield from ((old, None) for old in olds)
            yield from ((None, new) for new in news)


def _subject(reason: Stored) -> tuple[Hashable, ...]:
    return reason["code"], *(str(reason["facts"].get(name)) for name in _SPEAKS_OF)


def _whole(reason: Stored) -> tuple[Hashable, ...]:
    return *_subject(reason), *reason["records"]


def _by(reasons: Sequence[Stored], key: Any) -> dict[tuple[Hashable, ...], list[Stored]]:
    found: dict[tuple[Hashable, ...], list[Stored]] = {}
    for reason in reasons:
        found.setdefault(key(reason), []).append(reason)
    return found


def _once(reasons: Sequence[Stored]) -> set[tuple[Hashable, ...]]:
    """The subjects that one reason alone speaks of."""
    return {subject for subject, those in _by(reasons, _subject).items() if len(those) == 1}


def _reason(old: Stored | None, new: Stored | None) -> ReasonMoved:
    told: Stored = new or old or {}
    adds = [0.0 if each is None else float(each["contribution"] or 0.0) for each in (old, new)]
    return ReasonMoved(told["code"], told["facts"], tuple(told["records"]), *adds)
