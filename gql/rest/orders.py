"""`order=-revenue,name` as sort keys; of links by `link.role` too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from graphql import GraphQLInputObjectType, get_named_type, is_required_input_field

from gql.editions import Edition
from gql.rest.parts import LINK
from gql.rest.problems import bad_parameters
from gql.typed.naming import along
from models.errors import Problem
from models.metamodel import EntityType, Side

Keys = list[dict[str, Any]]


def order(edition: Edition, kind: EntityType, names: Sequence[str]) -> Keys | None:
    """The sort keys of a list of records. Raises Refusal for fields that do not sort."""
    return _keys(_input(edition, f"{kind.name}Order"), [_signed(name) for name in names])


def linked_order(edition: Edition, kind: EntityType, side: Side, names: Sequence[str]) -> Keys | None:
    """The sort keys of a list of links: of the record at the other end, or of the link."""
    signed = [_signed(name) for name in names]
    inside = [(path if path[0] == LINK else ("node", *path), way) for path, way in signed]
    return _keys(_input(edition, f"{along(kind, side)}Order"), inside)


def _signed(name: str) -> tuple[tuple[str, ...], str]:
    """The way to a field, and up or down."""
    return tuple(name.removeprefix("-").split(".")), "DESC" if name.startswith("-") else "ASC"


def _keys(of: GraphQLInputObjectType, signed: Sequence[tuple[tuple[str, ...], str]]) -> Keys | None:
    problems = [problem for path, _ in signed if (problem := _problem(of, path)) is not None]
    if problems:
        raise bad_parameters(problems)
    return [_nested(path, way) for path, way in signed] or None


def _problem(of: GraphQLInputObjectType, path: tuple[str, ...]) -> Problem | None:
    found: Any = of
    for place, step in enumerate(path):
        known = _sortable(found)
        if step not in known:
            told = ".".join(each for each in path[: place + 1] if each != "node")[:200]
            return _unknown(told, known, apart=_apart(found, step))
        found = get_named_type(found.fields[step].type)
    if isinstance(found, GraphQLInputObjectType):
        return Problem("unknown_field", f"{'.'.join(path)}: name one of {', '.join(_sortable(found))}.", ("order",))
    return None


def _unknown(key: str, known: Sequence[str], *, apart: bool) -> Problem:
    listed = ", ".join(known) or "nothing further"
    if apart:
        told = f"{key!r} is ordered by the distance from a point: ask GraphQL for that. Here there are: {listed}."
        return Problem("unknown_field", told, ("order",))
    return Problem("unknown_field", f"No sort key {key!r}; there are: {listed}.", ("order",))


def _sortable(of: Any) -> list[str]:
    """The entries of an order that a name alone stands for."""
    return [name for name in of.fields if not _apart(of, name)] if isinstance(of, GraphQLInputObjectType) else []


def _apart(of: Any, name: str) -> bool:
    """Whether an entry of an order needs more than a direction."""
    entry = of.fields.get(name) if isinstance(of, GraphQLInputObjectType) else None
    inner = get_named_type(entry.type) if entry is not None else None
    return isinstance(inner, GraphQLInputObjectType) and any(map(is_required_input_field, inner.fields.values()))


def _nested(path: tuple[str, ...], way: str) -> dict[str, Any]:
    first, *rest = path
    return {first: _nested(tuple(rest), way) if rest else way}


def _input(edition: Edition, name: str) -> GraphQLInputObjectType:
    return cast("GraphQLInputObjectType", edition.schema.type_map[name])
