"""Undo: what was done taken back by ordinary writes, unless others have gone on from it."""

from graph.undo.scope import Scope, check_known, of_activity, of_change, of_change_set, of_keys
from graph.undo.steps import Action, Conflict, OnConflict, Step
from graph.undo.undoing import InTheWay, Preview, Undoing, Undone

__all__ = [
    "Action",
    "Conflict",
    "InTheWay",
    "OnConflict",
    "Preview",
    "Scope",
    "Step",
    "Undoing",
    "Undone",
    "check_known",
    "of_activity",
    "of_change",
    "of_change_set",
    "of_keys",
]
