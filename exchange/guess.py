"""A mapping guessed for one table whose columns are called like the fields of a type; else what to do instead."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from exchange.mapping import Plan, parse
from exchange.tables import look_at
from models.errors import Problem, Rejected
from models.metamodel import EntityType, Metamodel

_SEPARATORS = re.compile(r"[\s_.-]+")


def guess(path: Path, model: Metamodel) -> Plan:
    """The mapping of a file onto the type that most of its columns name, found again by a natural key among them.

    Raises Rejected, saying what to write, for a folder and where no type or more than one fits best.
    """
    if not path.is_file():
        raise _refused(f"{path} is no single file. Say what its columns mean: --mapping FILE.")
    columns = {_folded(name): name for name in look_at(path).columns}
    fits = [(_matches(kind, columns), kind) for kind in model.types.values()]
    fits = [(found, kind) for found, kind in fits if _key(kind, found)]
    most = max((len(found) for found, _ in fits), default=0)
    best = [(found, kind) for found, kind in fits if len(found) == most]
    if len(best) != 1:
        which = " or ".join(kind.name for _, kind in best) or "no type with a natural key among them"
        raise _refused(f"The columns of {path.name} fit {which}. Say what they mean: --mapping FILE.")
    ((found, kind),) = best
    rule = {"type": kind.name, "key": list(_key(kind, found) or ()), "fields": found}
    source = {"file": path.name, "records": {"record": rule}}
    text = yaml.safe_dump({"name": "guessed", "sources": {"table": source}}, allow_unicode=True, sort_keys=False)
    return parse(text, "guessed mapping")


def _matches(kind: EntityType, columns: dict[str, str]) -> dict[str, str]:
    """Field name → column, where they are called alike but for blanks, hyphens, underscores and capitals."""
    return {name: columns[_folded(name)] for name in kind.fields if _folded(name) in columns}


def _key(kind: EntityType, found: dict[str, str]) -> tuple[str, ...] | None:
    return next((key for key in kind.natural_keys if set(key) <= set(found)), None)


def _folded(name: str) -> str:
    return _SEPARATORS.sub("", name).casefold()


def _refused(message: str) -> Rejected:
    return Rejected([Problem("no_mapping", message)])
