"""Records into the trash, out of it and gone for good, by the delete rules of their relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.changes import ChangeSet
from graph.session import Transaction
from models.commands import Command
from models.errors import Problem
from models.metamodel import Metamodel


async def remove(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> tuple[Counter[str], list[Problem]]:
    """What was deleted, restored and erased, counted, and what refused it."""
    return Counter(), []
