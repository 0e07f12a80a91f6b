"""Filters and orders of an operation into requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError

from cypher import request
from gql.plan.comparing import Comparisons, listed, null_operand
from gql.plan.given import Given
from gql.plan.segments import Segments, Terms
from gql.plan.slots import Slots
from gql.typed.inputs import link_fields
from models import scores, system
from models.expressions.faults import meant
from models.fields.geo_point import GeoPointKind
from models.fields.kind import InvalidValue, Operator
from models.fields.writing import called
from models.metamodel import Direction, EntityType, Field, Metamodel, Side
from models.saved import Named
from models.scores import INSIGHTS

NO_TERMS = Terms()


class Filters:
    """Makes requests' filters; values become parameters in `slots`."""

    def __init__(self, model: Metamodel, slots: Slots, terms: Terms = NO_TERMS) -> None:
        self.model, self.slots, self.comparisons = model, slots, Comparisons(slots)
        self.terms, self.segments = terms, Segments(model, terms)
        self._around: list[Named] = []  # the saved queries that the ones under way may name

    def of_type(self, kind: EntityType, wanted: Given | None) -> request.Filter | None:
        """A `CompanyFilter`."""
        fields = {**system.OF_RECORDS, **kind.fields}
        return self._every(wanted, lambda key, value: self._entry(kind, fields, key, value))

    def _entry(self, kind: EntityType, fields: Mapping[str, Field], key: str, value: Given) -> request.Filter | None:
        if key in fields:
            return self.of_field(fields[key], value)
        if key == INSIGHTS:
            return self.of_insights(value)
        if key == "reach":
            return self.of_reach(value)
        if key == "inSegment":
            return self.of_segment(kind, value)
        return self.of_side(self.model.sides[kind.name][key], value)

    def of_segment(self, kind: EntityType, wanted: Given) -> request.Filter | None:
        """A `SegmentUse`: the condition of a saved query."""
        if not wanted:
            return None
        named = self._around[-1] if self._around else self.terms.named
        where, around = self.segments.of_saved(kind, wanted, named, len(self._around) + 1)
        self._around.append(around)
        found = self.of_type(kind, where)
        self._around.pop()
        return found

    def listed(self, kind: EntityType, arguments: Mapping[str, Given]) -> request.Filter | None:
        """What `where` and `whereText` of a list ask together."""
        text = self.segments.of_text(kind, arguments)
        written = self.of_type(kind, text) if text else None
        return _all([self.of_type(kind, arguments.get("where")), written])

    def walked(self, kind: EntityType, side: Side, arguments: Mapping[str, Given]) -> request.Filter | None:
        """The same of a relation's list."""
        text = self.segments.of_text(kind, arguments, side)
        written = self.linked(side, text) if text else None
        return _all([self.linked(side, arguments.get("where")), written])

    def of_any(self, wanted: Given | None) -> request.Filter | None:
        """A `RecordFilter`."""

        def entry(key: str, value: Given) -> request.Filter | None:
            if key == INSIGHTS:
                return self.of_insights(value)
            if key == "reach":
                return self.of_reach(value)
            if key == "is":
                return self._of_types(value)
            if key != "type":
                return self.of_field(system.OF_RECORDS[key], value)
            return request.IsType(self.slots.add(value, self._types, "type")) if value else None

        return self._every(wanted, entry)

    def _of_types(self, wanted: Given) -> request.Filter | None:
        """A `RecordOfTypeFilter`: of any of the types named."""
        if not wanted:
            return None
        kinds = self.model.by_root_field
        parts = (request.Is(kinds[name], self.of_type(kinds[name], value)) for name, value in wanted.items())
        return request.Either(tuple(parts))

    def of_reach(self, wanted: Given) -> request.Filter | None:
        """A `ReachFilter`."""
        if not wanted:
            return None
        entries = dict(wanted.items())
        names, steps = listed(entries["via"].plain()), entries["within"].plain()
        if not names or not 1 <= steps <= self.terms.most_steps:
            told = (
                "name at least one relation in via."
                if not names
                else f"within must be from 1 to {self.terms.most_steps}."
            )
            raise GraphQLError(f"reach: {told}", extensions={"code": "bad_reach"})
        relations = tuple(self.model.relations[name] for name in dict.fromkeys(map(str, names)))
        way = entries.get("direction")
        direction = Direction[way.plain()] if way else Direction.OUT
        return request.Reach(relations, direction, int(steps), self.of_any(entries.get("to")))

    def of_insights(self, wanted: Given) -> request.Filter | None:
        """An `InsightsFilter`: comparisons of scores, by engine."""
        parts = [
            self.of_field(scores.fields(engine)[name], comparisons)
            for engine, of_engine in (wanted.items() if wanted else ())
            for name, comparisons in (of_engine.items() if of_engine else ())
        ]
        return _all(parts)

    def _types(self, value: Any) -> list[str]:
        for name in listed(value):
            if name not in self.model.types:
                told = f"there is no type {name[:80]!r}; {meant(name, [*self.model.types])}"
                raise InvalidValue("unknown_type", told)
        return listed(value)

    def of_far(self, side: Side, wanted: Given | None) -> request.Filter | None:
        """The filter of the records at a relation's far end."""
        types = side.far.types
        return self.of_type(self.model.types[types[0]], wanted) if len(types) == 1 else self.of_any(wanted)

    def of_link(self, side: Side, wanted: Given | None) -> request.Filter | None:
        """An `EmployeesLinkFilter`."""
        fields = link_fields(side)
        return self._every(wanted, lambda key, value: self.of_field(fields[key], value))

    def linked(self, side: Side, wanted: Given | None) -> request.Filter | None:
        """A `CompanyEmployeesFilter`: conditions on the far record and on the link."""

        def entry(key: str, value: Given) -> request.Filter | None:
            if key == "node":
                return self.of_far(side, value)
            part = self.of_link(side, value)
            return None if part is None else request.OnLink(part)

        return self._every(wanted, entry)

    def of_side(self, side: Side, wanted: Given) -> request.Filter | None:
        """`some`, `every`, `none`, `count` of a relation."""
        parts: list[request.Filter] = []
        for key, value in wanted.items() if wanted else ():
            if key == "count":
                parts += self._counts(side, value)
            else:
                parts.append(request.Related(side, request.Quantifier(key), self.linked(side, value)))
        return _all(parts)

    def _counts(self, side: Side, wanted: Given) -> list[request.Filter]:
        entries = dict(wanted.items()) if wanted else {}
        of = self.linked(side, entries.pop("where", None))
        return [self._count(side, Operator(name), operand, of) for name, operand in entries.items()]

    def _count(self, side: Side, operator: Operator, operand: Given, of: request.Filter | None) -> request.Filter:
        """How many links there are, compared; a count is never missing, so that it is no null and no null is compared."""
        where = f"{side.name}.count.{operator.value}"
        if operand:
            return request.RelatedCount(side, operator, self.slots.add(operand, _whole, where), of)
        if operator not in (Operator.EQ, Operator.NE):
            raise null_operand(where)
        return request.Either(()) if operator is Operator.EQ else request.Every(())

    def of_field(self, field: Field, wanted: Given) -> request.Filter | None:
        """The comparisons of one field."""
        return _all(self.comparisons.of_field(field, wanted))

    def _every(self, wanted: Given | None, entry: Any) -> request.Filter | None:
        if wanted is None or not wanted:
            return None
        parts: list[request.Filter | None] = []
        for key, value in wanted.items():
            if key in ("and", "or"):
                inner = [self._every(part, entry) or request.Every(()) for part in value.each()] if value else []
                if value:
                    parts.append(request.Every(tuple(inner)) if key == "and" else request.Either(tuple(inner)))
            elif key == "not":
                if value:
                    parts.append(request.Negated(self._every(value, entry) or request.Every(())))
            else:
                parts.append(entry(key, value))
        return _all(parts)

    # orders

    def order(self, kind: EntityType, wanted: Given | None) -> tuple[request.OrderKey, ...]:
        """A list of `CompanyOrder`; the type's own order where none is asked for."""
        fields = {**system.OF_RECORDS, **kind.fields}
        keys = [self._one_key(fields, key) for key in wanted.each()] if wanted else []
        return _distinct(keys or [request.OrderKey(fields[name], way == "desc") for name, way in kind.order])

    def linked_order(self, side: Side, wanted: Given | None) -> tuple[request.OrderKey, ...]:
        """A list of `CompanyEmployeesOrder`; as the links were made where none is asked for."""
        keys = []
        for key in wanted.each() if wanted is not None and wanted else ():
            entries = [(name, value) for name, value in key.items() if value]
            if len(entries) != 1:
                raise GraphQLError(
                    "orderBy: give exactly one of node and link in each key.",
                    extensions={"code": "bad_order"},
                )
            ((name, inner),) = entries
            far = self.model.types[side.far.types[0]].fields if len(side.far.types) == 1 else {}
            fields = link_fields(side) if name == "link" else {**system.OF_RECORDS, **far}
            keys.append(self._one_key(fields, inner, of_link=name == "link"))
        return _distinct(keys)

    def _one_key(self, fields: Mapping[str, Field], key: Given, *, of_link: bool = False) -> request.OrderKey:
        name, way = _only_entry(key)
        if name == INSIGHTS:
            engine, inner = _only_entry(way)
            name, way = _only_entry(inner)
            fields = scores.fields(engine)
        field, whence = fields[name], ""
        if field.kind == GeoPointKind.name:
            entries = dict(way.items())
            whence = self.comparisons.point(field, entries["from"], f"orderBy.{name}.from")
            way = entries.get("direction", Given("ASC"))
        return request.OrderKey(field, way.plain() == "DESC", of_link, whence)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValue("wrong_type", f"compare with a whole number, not {called(value)}.")
    return value


def _only_entry(key: Given) -> tuple[str, Given]:
    entries = [(name, value) for name, value in key.items() if value]
    if len(entries) != 1:
        raise GraphQLError(
            "orderBy: give exactly one field in each key: [{name: ASC}, {createdAt: DESC}].",
            extensions={"code": "bad_order"},
        )
    return entries[0]


def _distinct(keys: list[request.OrderKey]) -> tuple[request.OrderKey, ...]:
    seen: dict[tuple[str, bool, str], request.OrderKey] = {}
    for key in keys:
        seen.setdefault((key.field.name, key.of_link, key.from_slot), key)
    return tuple(seen.values())


def _all(parts: list[Any]) -> request.Filter | None:
    real = tuple(part for part in parts if part is not None)
    if not real:
        return None
    return real[0] if len(real) == 1 else request.Every(real)
