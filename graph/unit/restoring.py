"""Records out of the trash, with the links their deletion closed where the other ends live and there is room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from cypher import weave
from cypher.compile.writes import kind_of_link
from cypher.compile.writes.lookups import ROWS, find_records
from graph.changes import ChangeSet
from graph.session import Row, Transaction
from graph.unit import problems, search
from graph.unit.values import columns_of, shown
from models.commands import RestoreRecord
from models.errors import Problem
from models.keys import keys_of
from models.metamodel import EntityType, Metamodel


async def restore(
    transaction: Transaction,
    model: Metamodel,
    changes: ChangeSet,
    commands: Sequence[RestoreRecord],
    gone: Sequence[str] = (),
) -> tuple[int, int, list[Problem]]:
    """Bring records back: how many came, and how many links with them. With problems, none comes.

    `gone` are the records that this transaction has deleted, which Neo4j still finds by their ids within it.
    """
    if not commands:
        return 0, 0, []
    asked = {command.id: command for command in commands}
    rows = await _run(transaction, changes, "trash_found", {"ids": sorted(asked)})
    found = {id: properties for id, type_name, properties in rows if asked[id].type == type_name}
    refused = [problems.not_in_trash(command) for command in commands if command.id not in found]
    refused += await _taken_keys(transaction, model, changes, asked, found)
    if refused:
        return 0, 0, refused
    back = [
        {
            "id": id,
            "type": asked[id].type,
            "search": search.of_stored(model, model.types[asked[id].type], properties) or None,
            "change": changes.of_record(id, "restore"),
        }
        for id, properties in found.items()
    ]
    await _run(transaction, changes, "restore_records", {"rows": back, "now": changes.at, "set": changes.id})
    links = await _links(transaction, model, changes, sorted(found), gone)
    return len(back), links, []


async def _taken_keys(
    transaction: Transaction,
    model: Metamodel,
    changes: ChangeSet,
    asked: Mapping[str, RestoreRecord],
    found: Mapping[str, dict[str, Any]],
) -> list[Problem]:
    """Keys that a living record has taken meanwhile, or that two of the records would have."""
    rows: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    first: dict[tuple[Any, ...], str] = {}
    taken: list[Problem] = []
    for id, properties in found.items():
        kind = model.types[asked[id].type]
        for key in keys_of(kind):
            parts = {column: properties.get(column) for column in columns_of(kind, key)}
            rows[kind.name, key].append({"place": id} | parts)
            values = tuple(parts.values())
            if None not in values and first.setdefault((kind.name, key, values), id) != id:
                taken.append(
                    problems.not_unique(kind, key, _named(kind, key, properties), asked[id].path, "this request")
                )
    for (type_name, key), listed in rows.items():
        kind = model.types[type_name]
        query = weave.read(find_records(type_name, columns_of(kind, key)), changes.actor)
        for id, _ in await transaction.run(query, {ROWS: listed}):
            taken.append(problems.not_unique(kind, key, _named(kind, key, found[id]), asked[id].path, "this graph"))
    return taken


def _named(kind: EntityType, key: tuple[str, ...], properties: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a key, for people."""
    return {name: shown(kind.fields[name], properties) for name in key}


async def _links(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, ids: list[str], gone: Sequence[str]
) -> int:
    """The links that waited for these records; one that has no room any more stays closed."""
    waiting = {"ids": ids, "gone": list(gone), "relations": list(model.relations)}
    found = await _run(transaction, changes, "restore_links_of", waiting)
    rows = []
    for id, relation, source, target in found:
        kind = kind_of_link(model.relations[relation])
        ends = {"source": source, "target": target}
        limits = {"single": kind.single, "mostOfSource": kind.most_of_source, "mostOfTarget": kind.most_of_target}
        limits["symmetric"] = kind.symmetric
        rows.append({"id": id, "relation": relation, **ends, **limits, "change": changes.of_link(id, "restore")})
    if not rows:
        return 0
    ((made,),) = await _run(transaction, changes, "restore_links", {"rows": rows, "now": changes.at, "set": changes.id})
    return int(made)


async def _run(transaction: Transaction, changes: ChangeSet, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    return await transaction.run(weave.fixed(name, changes.actor, reads=False), parameters)
