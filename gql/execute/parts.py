"""Plans of operations that answer in parts: the first part, and each deferred one, with the statement that reads it."""

from __future__ import annotations

from dataclasses import dataclass

from graphql import ArgumentNode, FieldNode, NameNode, OperationDefinitionNode

from cypher import request
from gql.execute.reading import Reader, ReadPlan, plan_read
from gql.plan.deferring import Later, Split
from gql.plan.given import Given

RECORDS = "records"  # response key of the records that a deferred part is read of
IDS = " ids"  # the variable that their ids come in; no text can name it


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One part and those that come after it."""

    read: ReadPlan
    later: tuple[LaterPlan, ...]


@dataclass(frozen=True, slots=True)
class LaterPlan:
    """A deferred part: where it belongs, and how it is read."""

    place: Later
    part: PartPlan


def plan_parts(reader: Reader, operation: OperationDefinitionNode, split: Split) -> PartPlan:
    """The plans of all parts of a query, each one statement. Raises GraphQLError for arguments that cannot be used."""
    return PartPlan(_of_query(reader, operation, split), _later(reader, operation, split))


def _later(reader: Reader, operation: OperationDefinitionNode, split: Split) -> tuple[LaterPlan, ...]:
    return tuple(LaterPlan(each, _part(reader, operation, each)) for each in split.later)


def _part(reader: Reader, operation: OperationDefinitionNode, place: Later) -> PartPlan:
    read = _of_records(reader, place) if place.mark else _of_query(reader, operation, place.split)
    return PartPlan(read, _later(reader, operation, place.split))


def _of_query(reader: Reader, operation: OperationDefinitionNode, split: Split) -> ReadPlan:
    part = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=(),
        selection_set=split.selections,
    )
    return plan_read(reader, part)


def _of_records(reader: Reader, place: Later) -> ReadPlan:
    """Records found again by their ids, at the moment that was asked for where they were found."""
    selections = reader.selections()
    moments = tuple(ArgumentNode(name=NameNode(value=name), value=value) for name, value in place.clock.items())
    arguments = selections.arguments(FieldNode(name=NameNode(value=RECORDS), arguments=moments))
    slot = selections.slots.add(Given(None, (IDS,)), list, RECORDS)
    ledger, types = selections.ledger, tuple(reader.model.types[each] for each in place.types)
    with selections.clocks.of(arguments, RECORDS) as clock, ledger.at(RECORDS), ledger.page(slot):
        by_type = selections.by_type([place.split.selections], place.types)
    found = request.ReadRecords(RECORDS, types, slot, by_type, many=True, clock=clock)
    uses_saved = selections.filters.segments.used
    return ReadPlan((RECORDS,), reader.typed(selections, [found]), None, introspects=False, uses_saved=uses_saved)
