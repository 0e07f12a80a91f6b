"""Conditions that come as text or by the name of a saved query, as the typed filters they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from gql.plan.given import Given
from models.expressions import BadExpression, Parameter, condition
from models.expressions.faults import meant
from models.expressions.values import ANYTHING, Declared
from models.metamodel import EntityType, Metamodel, Side
from models.saved import DEEPEST, NONE, Named, SavedQueries, SavedQuery, signatures
from models.search.meaning import Meaning

MOST_STEPS = 5  # that `reach` may walk, unless a setting says otherwise
MOST_SKIPPED = 1_000_000  # rows, likewise


@dataclass(frozen=True, slots=True)
class Terms:
    """What besides the model decides what lists and their filters mean: whose saved queries are used, how far `reach` may
    walk, the model that search goes by where it goes by meaning, and how many rows may be passed over.
    """

    saved: SavedQueries = NONE
    person: str = ""
    most_steps: int = MOST_STEPS
    meaning: Meaning | None = None
    most_skipped: int = MOST_SKIPPED

    @property
    def named(self) -> Named:
        """The saved queries that may be used, by name."""
        return self.saved.of(self.person)


class Segments:
    """Makes typed filters; `used` says whether any of them came from a saved query."""

    def __init__(self, model: Metamodel, terms: Terms) -> None:
        self.model, self.terms = model, terms
        self.used = False

    def of_text(self, kind: EntityType, arguments: Mapping[str, Given], side: Side | None = None) -> Given | None:
        """The filter that `whereText` writes, with its `whereValues` in their places; None where there is no text.

        Raises GraphQLError with every fault and its place.
        """
        written, values = arguments.get("whereText"), _text_values(arguments.get("whereValues"))
        if not written:
            _all_used(values, frozenset())
            return None
        text, named = written.plain(), self.terms.named
        declared = {name: Declared(ANYTHING, many=isinstance(each.value, list)) for name, each in values.items()}
        self.used = self.used or "segment" in text.lower()
        try:
            found = condition(text, self.model, kind, declared=declared, segments=signatures(named), side=side)
        except BadExpression as error:
            raise not_read("whereText", error) from error
        _all_used(values, frozenset(_named(found.where)))
        return Given(_filled(found.where, values))

    def of_saved(self, kind: EntityType, wanted: Given, named: Named, depth: int = 1) -> tuple[Given, Named]:
        """The filter of a saved query with its parameters filled, and the saved queries that it may name itself.

        Raises GraphQLError.
        """
        self.used = True
        entries = dict(wanted.items())
        name = str(entries["name"].plain())
        query = named.get(name)
        if query is None:
            told = f"there is no saved query {name[:80]!r} that you may use; {meant(name, [*named])}"
            raise _refused("unknown_segment", told)
        if query.type_name != kind.name:
            told = f"{name!r} is a question to records of the type {query.type_name}, not to {kind.name}."
            raise _refused("wrong_segment", told)
        if depth > DEEPEST:
            raise _refused("broken_segment", f"{name!r} leads over too many saved queries, or back to itself.")
        around = self.terms.saved.around(query)
        where = _filled(self._read(query, kind, around), _values(query, entries.get("parameters")))
        return Given(where), around

    def _read(self, query: SavedQuery, kind: EntityType, around: Named) -> Mapping[str, Any]:
        try:
            known = signatures(around)
            return condition(query.where, self.model, kind, declared=query.declared, segments=known).where
        except BadExpression as error:
            told = f"the saved query {query.name!r} does not fit the model any more: {error.message}"
            raise _refused("broken_segment", told) from error


def _values(query: SavedQuery, given: Given | None) -> dict[str, Given]:
    """A value for each parameter. Raises GraphQLError for one that is missing and for one too many."""
    if given is not None and given and not isinstance(given.value, dict):
        raise _refused("bad_parameter", 'parameters is an object: {since: "2026-01-01"}.')
    values = {name: value for name, value in given.items() if value} if given is not None and given else {}
    for name in values:
        if name not in query.declared:
            told = f"{query.name!r} has no parameter {name[:80]!r}; {meant(name, [*query.declared])}"
            raise _refused("unknown_parameter", told)
    for each in query.parameters:
        if each.name not in values:
            if each.default is None:
                raise _refused("missing_parameter", f"{query.name!r} needs a value for its parameter {each.name}.")
            values[each.name] = Given(each.default)
    return values


def _text_values(given: Given | None) -> dict[str, Given]:
    """The values that the `$names` of a text stand for. Raises GraphQLError."""
    if not given:
        return {}
    if not isinstance(given.value, dict):
        told = 'whereValues is an object: {least: "1000"}.'
        raise GraphQLError(told, extensions={"code": "bad_parameter"})
    values = dict(given.items())
    if empty := [name for name, each in values.items() if not each]:
        told = f"whereValues.{empty[0]}: null compares with nothing; write is null in the text."
        raise GraphQLError(told, extensions={"code": "null_operand"})
    return values


def _all_used(values: Mapping[str, Given], used: AbstractSet[str]) -> None:
    """Raises GraphQLError for a value that no $name of the text stands for."""
    for name in values:
        if name not in used:
            told = f"whereValues.{name[:80]}: whereText has no ${name[:80]}; leave the value out, or name it there."
            raise GraphQLError(told, extensions={"code": "unknown_parameter"})


def _named(where: Any) -> Iterator[str]:
    """The names of the parameters in a filter."""
    match where:
        case Parameter(name):
            yield name
        case dict():
            for inner in where.values():
                yield from _named(inner)
        case list():
            for inner in where:
                yield from _named(inner)


def _filled(where: Any, values: Mapping[str, Given]) -> Any:
    match where:
        case Parameter(name):
            return values[name]
        case dict():
            return {key: _filled(inner, values) for key, inner in where.items()}
        case list():
            return [_filled(inner, values) for inner in where]
    return where


def not_read(where: str, error: BadExpression) -> GraphQLError:
    """The refusal of an expression: each fault with its place, and the facts of its sentence in `details`."""
    faults = [
        {"code": each.code, "message": each.message, **each.place, "details": dict(each.details)}
        for each in error.faults
    ]
    return GraphQLError(f"{where}: {error.message}", extensions={"code": error.code, "faults": faults})


def _refused(code: str, told: str) -> GraphQLError:
    return GraphQLError(f"inSegment: {told}", extensions={"code": code})
