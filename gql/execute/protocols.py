"""What the executor asks of the rooms beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import FieldNode, FragmentDefinitionNode

from gql.editions import Edition
from models.actor import Actor


@dataclass(frozen=True, slots=True)
class Operation:
    """What belongs to an operation besides the field at hand: its fragments and its coerced variables."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]


class MutationRunner(Protocol):
    """Runs one root field of a mutation on the typed half."""

    async def run(self, edition: Edition, field: FieldNode, operation: Operation, actor: Actor) -> Any:
        """The payload, ready for JSON, its keys in the order of the selection.

        What the user can mend is data in the payload. Raised errors become an error of the whole field.
        """
        ...


class FixedResolver(Protocol):
    """Gives the resolvers of the fixed half what they work with."""

    def __call__(self, actor: Actor, edition: Edition) -> object:
        """The context that strawberry's resolvers find in `info.context`, for one operation of one actor."""
        ...
