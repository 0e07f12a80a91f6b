"""Puts the reader's rights inside the statement, and makes the only thing that the graph room accepts: `Guarded`.

For now people who are signed in may do everything and strangers nothing. Rights by record, field and link will be
woven here, into the `where` of every `Match` whose patterns name records or relations, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from importlib.resources import files
from typing import Final, final

from cypher.ast import Query
from models.actor import Actor, ActorKind
from models.errors import NotSignedIn

_KEY: Final = object()


@final
class Guarded:
    """A statement that has passed the weaver: its text, and whether it only reads.

    Only this module can make one; the graph room takes nothing else, which the type checker proves and the
    constructor enforces.
    """

    __slots__ = ("_reads", "_text")

    def __init__(self, text: str, reads: bool, key: object) -> None:
        if key is not _KEY:
            raise TypeError("Guarded statements are made by cypher.weave alone.")
        self._text = text
        self._reads = reads

    @property
    def text(self) -> str:
        """The Cypher text."""
        return self._text

    @property
    def reads(self) -> bool:
        """Whether the statement leaves the database as it is."""
        return self._reads

    def __repr__(self) -> str:
        return f"Guarded({self._text!r})"


def rights(actor: Actor) -> Hashable:
    """What of an actor shapes the statements made for it: actors with equal rights share them. Raises NotSignedIn."""
    _admit(actor)
    return "everything"


def read(query: Query, actor: Actor) -> Guarded:
    """The query with the actor's rights inside it. Raises NotSignedIn for a stranger."""
    _admit(actor)
    return Guarded(str(query), True, _KEY)


def write(query: Query, actor: Actor) -> Guarded:
    """The same for a query that changes the database."""
    _admit(actor)
    return Guarded(str(query), False, _KEY)


def fixed(name: str, actor: Actor, *, reads: bool = True) -> Guarded:
    """The statement `cypher/library/<name>.cypher`, for an actor. Raises NotSignedIn for a stranger."""
    _admit(actor)
    return Guarded(library(name), reads, _KEY)


def profiled(guarded: Guarded) -> Guarded:
    """The same statement, to be run with everything about its plan told."""
    return Guarded(f"PROFILE {guarded.text}", guarded.reads, _KEY)


def planned(guarded: Guarded) -> Guarded:
    """The same statement, not to be run: the database plans it, and keeps the plan for when it is."""
    return Guarded(f"EXPLAIN {guarded.text}", True, _KEY)


@cache
def library(name: str) -> str:
    """The text of a fixed, named statement."""
    return files("cypher").joinpath("library", f"{name}.cypher").read_text(encoding="utf-8").strip()


def _admit(actor: Actor) -> None:
    if actor.kind is ActorKind.STRANGER:
        raise NotSignedIn("Sign in first, or send a token: Authorization: Bearer <token>.")
