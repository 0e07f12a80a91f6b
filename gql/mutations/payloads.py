"""Payloads: what is asked of one, and how it is filled from what a unit of work did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import SelectionSetNode

from cypher import request
from cypher.compile.reads import compile_read
from gql.execute.assemble import assembler
from gql.execute.reading import TypedRead
from gql.plan.cursors import Cursors
from gql.plan.selection import Selections
from gql.typed.mutations import CHANGE_COUNTS, MUTATION_ERROR
from gql.typed.verbs import Mutation
from models.errors import Problem

IDS = "ids"  # the parameter that takes the ids of the records that were written
Inner = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a payload tells: what is wrong, or what was done and the records read back, by response key."""

    client_id: str | None = None
    problems: Sequence[Problem] = ()
    change_set: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    ids: Sequence[str] = ()
    records: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """One response key of the payload; `inner` names what is asked of an object in it."""

    key: str
    what: str
    inner: Inner = ()


@dataclass(frozen=True, slots=True)
class PayloadPlan:
    """The parts of a payload in the order of the selection, and how the records in it are read; None when none is."""

    mutation: Mutation
    parts: tuple[_Part, ...]
    read: TypedRead | None

    @property
    def nothing(self) -> dict[str, Any]:
        """No records, where many were asked for and none was given."""
        return {part.key: [] for part in self.parts if part.what == self.mutation.entry}

    def payload(self, told: Told) -> dict[str, Any]:
        """The payload, ready for JSON."""
        return {part.key: self._value(part, told) for part in self.parts}

    def _value(self, part: _Part, told: Told) -> Any:
        match part.what:
            case "__typename":
                return self.mutation.payload
            case "clientMutationId":
                return told.client_id
            case "changeSet":
                return told.change_set
            case "errors":
                return [_object(part.inner, MUTATION_ERROR.name, _error(problem)) for problem in told.problems]
            case "counts":
                return _object(part.inner, CHANGE_COUNTS.name, told.counts, 0)
        if not self.mutation.answers_ids:
            return told.records.get(part.key)
        if told.problems:
            return None
        return list(told.ids) if self.mutation.many else told.ids[0]


def plan_payload(
    selections: Selections, mutation: Mutation, asked: SelectionSetNode | None, cursors: Cursors
) -> PayloadPlan:
    """The plan of a selection of a mutation's payload. Raises GraphQLError for arguments that cannot be used."""
    parts: list[_Part] = []
    roots: list[request.Root] = []
    kind = mutation.kind
    for key, nodes in selections.collect([asked], frozenset({mutation.payload})).items():
        what, sets = nodes[0].name.value, [node.selection_set for node in nodes]
        inner: Inner = ()
        if what == "errors":
            inner = _inner(selections, sets, MUTATION_ERROR.name)
        elif what == "counts":
            inner = _inner(selections, sets, CHANGE_COUNTS.name)
        elif what == mutation.entry and not mutation.answers_ids:
            with selections.ledger.at(key), selections.ledger.page(IDS):
                by_type = selections.by_type(sets, [kind.name])
            roots.append(request.ReadRecords(key, (kind,), IDS, by_type, many=mutation.many))
        parts.append(_Part(key, what, inner))
    return PayloadPlan(mutation, tuple(parts), _read(roots, selections, cursors) if roots else None)


def _read(roots: list[request.Root], selections: Selections, cursors: Cursors) -> TypedRead:
    compiled = compile_read(roots)
    return TypedRead(compiled, selections.slots, selections.ledger.costs(), assembler(compiled.shape, cursors))


def _inner(selections: Selections, sets: list[SelectionSetNode | None], name: str) -> Inner:
    wanted = selections.collect(sets, frozenset({name}))
    return tuple((key, nodes[0].name.value) for key, nodes in wanted.items())


def _object(inner: Inner, type_name: str, values: Mapping[str, Any], nothing: Any = None) -> dict[str, Any]:
    return {key: type_name if name == "__typename" else values.get(name, nothing) for key, name in inner}


def _error(problem: Problem) -> dict[str, Any]:
    details = dict(problem.details) or None
    return {"code": problem.code, "message": problem.message, "path": list(problem.path), "details": details}
