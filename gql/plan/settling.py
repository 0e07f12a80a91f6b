"""Which part answers a field that several fragments ask for in one place: each is answered once, by the earliest of them.

Lists that two statements read might not hold the same rows, so what is under one response key is never read twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graphql import FieldNode

from gql.plan.given import key_of

ROWS = ("edges", "nodes", "pageInfo")  # of a list: they are made of the same rows


@dataclass(eq=False, slots=True)
class Group:
    """A deferred fragment in one place, with the deferred fragment around it there; it may come to have several labels."""

    parent: Group | None
    chain: tuple[str, ...]
    labels: list[str | None]

    def line(self) -> Iterator[Group | None]:
        """The fragment and those around it, out to the part that is answered at once."""
        here: Group | None = self
        while here is not None:
            yield here
            here = here.parent
        yield None


@dataclass(frozen=True, slots=True)
class Entry:
    """A field that is asked for, the type conditions around it, and the deferred fragment it belongs to."""

    node: FieldNode
    chain: tuple[str, ...]
    group: Group | None

    @property
    def key(self) -> str:
        """Its response key."""
        return key_of(self.node)


def settled(entries: Sequence[Entry], *, in_list: bool) -> list[Entry]:
    """The same fields, each response key in one part alone: the innermost that holds all fragments which ask for it.

    Fragments side by side that share a field become one.
    """
    asking: dict[str, list[Group | None]] = {}
    for each in entries:
        asking.setdefault(_shared(each, in_list=in_list), []).append(each.group)
    one = _joined([*asking.values()])
    homes = {key: _home([one.get(each, each) for each in groups]) for key, groups in asking.items()}
    return [replace(each, group=homes[_shared(each, in_list=in_list)]) for each in entries]


def _shared(entry: Entry, *, in_list: bool) -> str:
    return " rows" if in_list and entry.node.name.value in ROWS else entry.key


def _joined(asking: Sequence[list[Group | None]]) -> dict[Group | None, Group]:
    """Of fragments side by side that share a field: which one stands for each."""
    stands: dict[Group | None, Group] = {}

    def for_(group: Group) -> Group:
        while group in stands:
            group = stands[group]
        return group

    for groups in asking:
        if None in groups:
            continue
        first, *others = dict.fromkeys(for_(each) for each in groups if each is not None)
        for other in others:
            if other.parent is first.parent and other.chain == first.chain:
                stands[other] = first
                first.labels += other.labels
    return {group: for_(group) for group in stands if group is not None}


def _home(groups: Sequence[Group | None]) -> Group | None:
    """The innermost part that all of these lie in."""
    first, *others = groups
    if first is None:
        return None
    lines = [set(each.line()) if each is not None else {None} for each in others]
    return next(each for each in first.line() if all(each in line for line in lines))
