"""The guarded statements of units of work, kept by their shape, so that equal ones are made once."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from cypher import weave
from cypher.ast import Query
from cypher.compile.writes import Check, Group, WriteShape, compile_checks, compile_part, compile_write
from cypher.weave import Guarded
from models.actor import Actor

MOST = 2048


class _Once:
    """A query that is equal to itself only, so that finding its statement costs nothing; it is kept alive by the cache."""

    __slots__ = ("query",)

    def __init__(self, query: Query) -> None:
        self.query = query

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and other.query is self.query

    def __hash__(self) -> int:
        return id(self.query)


def written(shape: WriteShape, read_back: Query | None, actor: Actor) -> Guarded:
    """The statement that does the work and reads back. Raises NotSignedIn."""
    return _written(shape, None if read_back is None else _Once(read_back), weave.rights(actor), _Actor(actor))


def checked(groups: tuple[Group, ...], first: int, actor: Actor) -> tuple[Guarded, tuple[Check, ...]]:
    """The statement that says what stands in the way of groups, counted from `first` on. Raises NotSignedIn."""
    query, checks = compile_checks(groups, first)
    return weave.read(query, actor), checks


def partly_written(groups: tuple[Group, ...], first: int, actor: Actor) -> Guarded:
    """The statement that does some groups, counted from `first` on, to look at what comes of it. Raises NotSignedIn."""
    return weave.write(compile_part(groups, first), actor)


class _Actor:
    """An actor that takes no part in comparing: the rights beside it do."""

    __slots__ = ("actor",)

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Actor)

    def __hash__(self) -> int:
        return 0


@lru_cache(MOST)
def _written(shape: WriteShape, read_back: _Once | None, rights: Hashable, actor: _Actor) -> Guarded:  # noqa: ARG001  # rights are part of the key
    query = compile_write(shape, None if read_back is None else read_back.query)
    return weave.write(query, actor.actor)
