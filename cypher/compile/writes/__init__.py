"""A unit of work into one statement: a group of rows for each kind of work on each type or relation, all values in parameters."""

from cypher.compile.writes.changes import CHANGE_SET
from cypher.compile.writes.checks import Check, Finding, compile_checks
from cypher.compile.writes.groups import (
    Asked,
    CheckAsked,
    CheckLimits,
    CloseLinks,
    Closing,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Doing,
    Group,
    LinkKind,
    UpdateLinks,
    UpdateRecords,
    WriteShape,
    kind_of_link,
    slot,
)
from cypher.compile.writes.statement import EXPECTED, LOCKS, OUTBOX, SHOULD, compile_part, compile_write

__all__ = [
    "CHANGE_SET",
    "EXPECTED",
    "LOCKS",
    "OUTBOX",
    "SHOULD",
    "Asked",
    "Check",
    "CheckAsked",
    "CheckLimits",
    "CloseLinks",
    "Closing",
    "CorrectRecords",
    "CreateLinks",
    "CreateRecords",
    "Doing",
    "Finding",
    "Group",
    "LinkKind",
    "UpdateLinks",
    "UpdateRecords",
    "WriteShape",
    "compile_checks",
    "compile_part",
    "compile_write",
    "kind_of_link",
    "slot",
]
