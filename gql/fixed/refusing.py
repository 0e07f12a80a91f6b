"""Who may ask for what belongs to administrators."""

from __future__ import annotations

from gql.fixed.context import Context
from models.errors import Problem, Rejected


def administrators_only(context: Context, sentence: str) -> None:
    """Let administrators pass. Raises Rejected with the sentence for everybody else."""
    if not context.actor.administrator:
        raise Rejected([Problem("forbidden", sentence)])
