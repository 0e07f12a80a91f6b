"""What the executor asks of the rooms beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import FieldNode, FragmentDefinitionNode

from gql.editions import Edition
from models.actor import Actor
from models.counts import Known


@dataclass(frozen=True, slots=True)
class Operation:
    """What belongs to an operation besides the field at hand: its fragments and its coerced variables."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Payload:
    """The payload of a mutation, ready for JSON, its keys in the order of the selection.

    `errors` are those of values inside it that could not be answered, although the change itself was made.
    """

    data: Mapping[str, Any]
    errors: Sequence[dict[str, Any]] = ()


class MutationRunner(Protocol):
    """Runs one root field of a mutation on the typed half."""

    async def run(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor) -> Payload:
        """What the field answers; what the user can mend is data in it. Raised errors become an error of the field."""
        ...

    def cost(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor, known: Known) -> int:
        """What the field may cost; it is told before anything runs."""
        ...


class FixedResolver(Protocol):
    """Gives the resolvers of the fixed half what they work with."""

    def __call__(self, actor: Actor, edition: Edition) -> object:
        """The context that strawberry's resolvers find in `info.context`, for one operation of one actor."""
        ...
