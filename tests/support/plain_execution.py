"""The same schema executed the plain way: a resolver for each field, over data in memory, by graphql-core alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cmp_to_key, partial
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    experimental_execute_incrementally,
    parse,
)
from plain_groups import Group, Grouped, Grouping, measure, of_group, percentile, scale_of
from plain_history import page_of
from plain_places import holds, metres, place_of
from small_worlds import Reading, Thing, World, fields_of

from gql.plan.cursors import Cursors
from models import scores, system
from models.expressions import condition
from models.fields import kind_of
from models.fields.geo_point import GeoPoint
from models.fields.money import Money
from models.metamodel import EntityType, Field, RelationType, Side, sides_of
from models.periods import Period, TimeUnit, bounds_of, days_of, days_of_window, window
from models.reasons import sentence

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
Row = tuple[Thing | None, Thing]


@dataclass
class Listing:
    """A connection before it is read: all its rows in order, and which of them are on the page."""

    stem: str
    rows: list[Row]
    page: list[Row]
    info: dict[str, Any]
    cursor: Callable[[Row], str]
    fields: Mapping[str, Field]
    side: Side | None


@dataclass
class Edge:
    listing: Listing
    row: Row


@dataclass
class LinkView:
    """A link as an object of the answer."""

    link: Thing
    side: Side


@dataclass
class Figures:
    """Figures over values of one field."""

    field: Field
    values: list[Any]


@dataclass
class InsightsView:
    """The insights of a record, or those of one engine."""

    record: Thing
    engine: str = ""


@dataclass
class InsightFigures:
    """Figures over the scores of records, or over those of one engine."""

    rows: list[Row]
    engine: str = ""


@dataclass
class Aggregate:
    rows: list[Row]
    type: str | None
    side: Side | None


class Plain:
    """Executes operations over one data set."""

    def __init__(self, world: World, schema: GraphQLSchema, cursors: Cursors) -> None:
        self.world, self.schema, self.cursors, self.model = world, schema, cursors, world.model
        self._worlds: dict[Reading, World] = {}

    def execute(self, text: str, variables: Mapping[str, Any]) -> ExecutionResult:
        """The answer as graphql-core completes it."""
        result = experimental_execute_incrementally(
            self.schema, parse(text), variable_values=dict(variables), field_resolver=self._resolve
        )
        assert isinstance(result, ExecutionResult)
        return result

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        name = info.field_name
        match source:
            case None:
                return self._root(name, arguments)
            case Thing():
                return self._of_record(source, name, arguments)
            case LinkView():
                return self._of_link(source, name, arguments)
            case Listing():
                return self._of_listing(source, name, arguments)
            case Edge():
                return self._of_edge(source, name)
        return self._of_figures(source, name, arguments)

    def _of_figures(self, source: Any, name: str, arguments: Mapping[str, Any]) -> Any:
        match source:
            case Aggregate():
                return self._of_aggregate(source, name)
            case Figures():
                return figure(source, name, arguments)
            case Grouped():
                return len(source.rows) if name == "totalCount" else source.shown
            case Group():
                return of_group(source, name, arguments, self)
            case InsightsView():
                return of_insights(source, name, arguments)
            case InsightFigures():
                return figures_of_insights(source, name)
            case {"latitude": _} if name == "distance":
                return metres(place_of(source), place_of(arguments["from"]))
        return source[name]

    def _world(self, reading: Reading) -> World:
        if reading not in self._worlds:
            self._worlds[reading] = self.world.at(reading)
        return self._worlds[reading]

    def _along(self, record: Thing, side: Side) -> list[tuple[Thing, Thing]]:
        return self._world(record.reading).along(record, side, NOW)

    def _root(self, name: str, arguments: dict[str, Any]) -> Any:
        world = self._world(read((None, None), arguments))
        records = world.records
        if name == "nodes":
            return [records.get(each) for each in arguments["ids"]]
        if name in ("node", "record"):
            return records.get(arguments["id"])
        if name == "_entities":
            return [self._entity(world, given) for given in arguments["representations"]]
        kind = self.model.by_root_field[name]
        if name == kind.one:
            found = records.get(arguments["id"])
            return found if found is not None and found.type == kind.name else None
        rows: list[Row] = [
            (None, each) for each in world.of_type(kind.name) if self._passes(each, None, None, arguments)
        ]
        return self._listing(kind.name, rows, root_order(kind, arguments), arguments, kind.fields, None)

    def _entity(self, world: World, given: Mapping[str, Any]) -> Any:
        found = world.records.get(given["id"])
        return found if found is not None and found.type == given["__typename"] else GraphQLError("There is none.")

    def _of_record(self, record: Thing, name: str, arguments: dict[str, Any]) -> Any:
        kind = self.model.types[record.type]
        if name == "displayName":
            return shown_name(kind.display, kind.fields, record, kind.name)
        if name == "insights":
            return InsightsView(record)
        if name == "history":
            return self._history(record, arguments)
        side = self.model.sides[record.type].get(name)
        if side is None:
            return value_of({**system.OF_RECORDS, **kind.fields}, record, name)
        reading = read(record.reading, arguments)
        near = replace(record, reading=reading)
        along = self._world(reading).along(near, side, NOW)
        rows: list[Row] = [row for row in along if self._passes(row[1], row[0], side, arguments)]
        one = side.far.types[0] if len(side.far.types) == 1 else None
        far = self.model.types[one].fields if one else {}
        order = linked_order(side, far, arguments)
        return self._listing(record.type + name, rows, order, arguments, far, side)

    def _of_link(self, of: LinkView, name: str, arguments: Mapping[str, Any]) -> Any:
        if name == "history":
            return self._history(of.link, arguments)
        return value_of({**system.OF_TEMPORAL_LINKS, **of.side.relation.fields}, of.link, name)

    def _history(self, thing: Thing, arguments: Mapping[str, Any]) -> Any:
        fields = fields_of(thing)
        return page_of(
            thing.changes, arguments.get("first"), self.cursors, lambda name, value: json_form(fields[name], value)
        )

    def _listing(
        self, stem: str, rows: list[Row], order: list[Any], arguments: dict[str, Any], fields: Any, side: Side | None
    ) -> Listing:
        rows = sorted(rows, key=cmp_to_key(partial(compare, order)))
        seen: dict[Any, Any] = {}
        for of_link, key, descending in order:
            seen.setdefault((of_link, key[0].name, key[1]), (of_link, key, descending))
        named = ",".join(
            f"{'link.' if linked else ''}{of.name}{'-' if down else '+'}" for linked, (of, _), down in seen.values()
        )

        def cursor(row: Row) -> str:
            values = [raw(key, row[0] if linked else row[1]) for linked, key, _ in seen.values()]
            return self.cursors.make(named, values, (row[0] or row[1]).id)

        backward = arguments.get("last") is not None or (arguments.get("before") and arguments.get("first") is None)
        start = 0
        left = rows[::-1] if backward else rows
        cut = arguments.get("before" if backward else "after")
        if cut:
            start = 1 + [cursor(row) for row in left].index(cut)
        skipped = arguments.get("skip") or 0
        start += skipped
        size = arguments.get("last" if backward else "first")
        end = start + (50 if size is None else size)
        page, more = left[start:end], len(left) > end
        page = page[::-1] if backward else page
        info = {
            "hasNextPage": bool(cut or skipped) if backward else more,
            "hasPreviousPage": more if backward else bool(cut or skipped),
            "startCursor": cursor(page[0]) if page else None,
            "endCursor": cursor(page[-1]) if page else None,
        }
        return Listing(stem, rows, page, info, cursor, fields, side)

    def _of_listing(self, listing: Listing, name: str, arguments: Mapping[str, Any]) -> Any:
        match name:
            case "grouped":
                return Grouping(self, listing, arguments).grouped()
            case "edges":
                return [Edge(listing, row) for row in listing.page]
            case "nodes":
                return [row[1] for row in listing.page]
            case "pageInfo":
                return listing.info
            case "totalCount":
                return len(listing.rows)
        return self.aggregate_of(listing, listing.rows)

    def aggregate_of(self, listing: Listing, rows: list[Row]) -> Aggregate:
        """The figures over rows of a listing."""
        kinds = listing.side.far.types if listing.side else (listing.stem,)
        return Aggregate(rows, kinds[0] if len(kinds) == 1 else None, listing.side)

    def compared(self, listing: Listing, arguments: Mapping[str, Any], one: Row, other: Row) -> int:
        """Which of two rows of a listing comes first in the order of these arguments."""
        if listing.side is None:
            kind = self.model.types[listing.stem]
            return compare(root_order(kind, arguments), one, other)
        return compare(linked_order(listing.side, listing.fields, arguments), one, other)

    def _of_edge(self, edge: Edge, name: str) -> Any:
        if name == "cursor":
            return edge.listing.cursor(edge.row)
        if name == "node":
            return edge.row[1]
        assert edge.listing.side is not None
        assert edge.row[0] is not None
        return LinkView(edge.row[0], edge.listing.side)

    def _of_aggregate(self, aggregate: Aggregate, name: str) -> Any:
        if name == "count":
            return len(aggregate.rows)
        if name == "insights":
            return InsightFigures(aggregate.rows)
        if name == "link":
            assert aggregate.side is not None
            fields = aggregate.side.relation.fields
            return {
                each: Figures(fields[each], [row[0].values.get(each) for row in aggregate.rows if row[0]])
                for each in fields
            }
        kind = self.model.types[aggregate.type or ""]
        fields = {**system.STAMPS, **kind.fields}
        if name in fields:
            return Figures(fields[name], [row[1].values.get(name) for row in aggregate.rows])
        side = self.model.sides[kind.name][name]
        distinct = {row[1].id: row[1] for row in aggregate.rows}
        rows: list[Row] = [pair for record in distinct.values() for pair in self._along(record, side)]
        return Aggregate(rows, side.far.types[0] if len(side.far.types) == 1 else None, side)

    # filters

    def _passes(self, record: Thing, link: Thing | None, side: Side | None, arguments: Mapping[str, Any]) -> bool:
        wanted, text = arguments.get("where"), arguments.get("whereText")
        near = self.model.types[side.near.types[0] if side else record.type]
        parts = [wanted, *([condition(text, self.model, near, side=side).where] if text is not None else [])]
        if side is None:
            return all(self._record_passes(record, part) for part in parts)
        return all(self._linked(record, link, side, part) for part in parts)

    def _logic(self, wanted: Mapping[str, Any] | None, entry: Callable[[str, Any], bool]) -> bool:
        for key, value in (wanted or {}).items():
            if value is None:
                continue
            if key == "and":
                held = all(self._logic(part, entry) for part in value)
            elif key == "or":
                held = any(self._logic(part, entry) for part in value)
            elif key == "not":
                held = not self._logic(value, entry)
            else:
                held = entry(key, value)
            if not held:
                return False
        return True

    def _record_passes(self, record: Thing, wanted: Mapping[str, Any] | None) -> bool:
        fields = {**system.OF_RECORDS, **self.model.types[record.type].fields}

        def entry(key: str, value: Any) -> bool:
            if key == "type":
                return record.type in value
            if key in fields:
                return field_passes(fields[key], record, value)
            if key == "insights":
                return insights_pass(record, value)
            if key == "is":
                return any(
                    self.model.by_root_field[name].name == record.type and self._record_passes(record, part)
                    for name, part in value.items()
                )
            if key == "reach":
                return any(self._record_passes(far, value.get("to")) for far in self._reached(record, value))
            return self._related(record, self.model.sides[record.type][key], value)

        return self._logic(wanted, entry)

    def _linked(self, record: Thing, link: Thing | None, side: Side, wanted: Mapping[str, Any] | None) -> bool:
        assert link is not None
        fields = {**system.OF_TEMPORAL_LINKS, **side.relation.fields}

        def entry(key: str, value: Any) -> bool:
            if key == "node":
                return self._record_passes(record, value)
            return self._logic(value, lambda name, inner: field_passes(fields[name], link, inner))

        return self._logic(wanted, entry)

    def _related(self, record: Thing, side: Side, wanted: Mapping[str, Any]) -> bool:
        rows = self._along(record, side)
        for key, value in wanted.items():
            if key == "count":
                counted = sum(self._linked(far, link, side, value.get("where")) for link, far in rows)
                held = all(_SIGNS[name](counted, operand) for name, operand in value.items() if name != "where")
            else:
                matches = [self._linked(far, link, side, value) for link, far in rows]
                held = {"some": any(matches), "every": all(matches), "none": not any(matches)}[key]
            if not held:
                return False
        return True

    def _reached(self, record: Thing, wanted: Mapping[str, Any]) -> list[Thing]:
        """The records that can be walked to, each as often as there are numbers of steps to it."""
        sides = [
            side
            for name in dict.fromkeys(wanted["via"])
            for side in _sides(self.model.relations[name], wanted["direction"])
        ]
        found, last = list[Thing](), {record.id: record}
        for _ in range(wanted["within"]):
            steps = [
                self._along(near, side) for near in last.values() for side in sides if near.type in side.near.types
            ]
            last = {far.id: far for links in steps for _, far in links}
            found += last.values()
        return found


def _sides(relation: RelationType, direction: str) -> list[Side]:
    sides = list(sides_of(relation))
    return sides if direction == "BOTH" or relation.symmetric else [sides[direction == "IN"]]


# insights


def of_insights(view: InsightsView, name: str, arguments: Mapping[str, Any]) -> Any:
    """What `insights` of a record hold, or those of one engine."""
    if not view.engine:
        return InsightsView(view.record, name)
    if name in ("reasons", "paths", "counterfactuals"):
        entries = view.record.explained.get(view.engine, {}).get(name, [])[: arguments["first"]]
        return [_explained(each, arguments["language"]) for each in entries]
    return value_of(scores.fields(view.engine), view.record, name, scores.fields(view.engine)[name].name)


def _explained(entry: Mapping[str, Any], language: str) -> dict[str, Any]:
    text = sentence(entry["code"], entry["facts"], language)
    records = [{"id": each} for each in entry.get("records", [])]
    record = None if entry.get("record") is None else {"id": entry["record"]}
    return {"contribution": None, **entry, "text": text, "records": records, "record": record}


def insights_pass(record: Thing, wanted: Mapping[str, Any]) -> bool:
    """Whether a record's scores meet all comparisons."""
    return all(
        field_passes(scores.fields(engine)[name], record, comparisons)
        for engine, of_engine in wanted.items()
        for name, comparisons in (of_engine or {}).items()
    )


def figures_of_insights(source: InsightFigures, name: str) -> Any:
    """The figures over scores, by engine and then by score."""
    if not source.engine:
        return InsightFigures(source.rows, name)
    of = scores.fields(source.engine)[name]
    return Figures(of, [row[1].values.get(of.name) for row in source.rows])


Sorted = tuple[Field, GeoPoint | None]  # what is sorted by, and whence where it is a distance


def sort_key(fields: Mapping[str, Field], key: Mapping[str, Any]) -> tuple[Sorted, str]:
    """The field and the direction of one key of an order."""
    ((name, way),) = key.items()
    if name != "insights":
        whence = place_of(way["from"]) if isinstance(way, dict) else None
        return (fields[name], whence), way["direction"] if isinstance(way, dict) else way
    ((engine, inner),) = way.items()
    ((score, way),) = inner.items()
    return (scores.fields(engine)[score], None), way


def root_order(kind: EntityType, arguments: Mapping[str, Any]) -> list[Any]:
    """The sort keys of a list of a type: whether of the link, the field, whether descending."""
    fields = {**system.OF_RECORDS, **kind.fields}
    keys = [sort_key(fields, key) for key in arguments.get("orderBy") or ()]
    keys = keys or [((fields[each], None), way.upper()) for each, way in kind.order]
    return [(False, each, way == "DESC") for each, way in keys]


def linked_order(side: Side, far: Mapping[str, Field], arguments: Mapping[str, Any]) -> list[Any]:
    """The same for a list along a relation."""
    order = []
    for key in arguments.get("orderBy") or ():
        ((where, inner),) = key.items()
        link_fields = {**system.OF_TEMPORAL_LINKS, **side.relation.fields}
        each, way = sort_key(link_fields if where == "link" else {**system.OF_RECORDS, **far}, inner)
        order.append((where == "link", each, way == "DESC"))
    return order


def read(around: Reading, arguments: Mapping[str, Any]) -> Reading:
    """What the clocks say inside a field: its arguments, and what they say around it where it has none."""
    given = (arguments.get(name, before) for name, before in zip(("asOf", "knownAt"), around, strict=True))
    as_of, known_at = (dt.datetime.fromisoformat(each) if isinstance(each, str) else each for each in given)
    return as_of, known_at


# values


def value_of(fields: Mapping[str, Field], thing: Thing, name: str, stored_as: str = "") -> Any:
    """A value as the answer shows it."""
    return thing.id if name == "id" else json_form(fields[name], thing.values.get(stored_as or name))


def json_form(of: Field, value: Any) -> Any:
    """The JSON form of a canonical value."""
    match value:
        case Money():
            return {"amount": f"{value.amount:f}", "currency": value.currency}
        case GeoPoint():
            return value.plain()
        case Decimal():
            return f"{value:f}"
        case dt.datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case int() if abs(value) >= 2**53:
            return str(value)
    return value


def shown_name(template: str, fields: Mapping[str, Field], record: Thing, fallback: str) -> str:
    """A record's name for people."""
    names = re.findall(r"\{(\w+)\}", template)
    if not any(record.values.get(name) is not None for name in names):
        return fallback
    for name in names:
        value = json_form(fields[name], record.values.get(name))
        template = template.replace(f"{{{name}}}", "" if value is None else str(value))
    return template.strip()


def sortable(value: Any, whence: GeoPoint | None = None) -> Any:
    """What a value is compared by."""
    if whence is not None:
        return None if value is None else metres(value, whence)
    return value.amount if isinstance(value, Money) else value


def raw(key: Sorted, thing: Thing) -> Any:
    """A sort value as a cursor holds it."""
    of, whence = key
    value = thing.id if of.name == "id" else thing.values.get(of.name)
    if value is None or of.name == "id":
        return value
    if whence is not None:
        return [metres(value, whence), *whence.plain().values()]
    if isinstance(value, dt.date):
        return json_form(of, value)
    return next(iter(kind_of(of).to_store(of, value).values()))


def compare(order: list[Any], one: Row, other: Row) -> int:
    """Which of two rows comes first; missing values last either way, equals as their last key.

    A key that is given twice counts where it stands first.
    """
    ways: dict[Any, bool] = {}
    for of_link, (each, whence), descending in order:
        ways.setdefault((of_link, each.name, whence), descending)
        values = []
        for row in (one, other):
            thing = row[0] if of_link else row[1]
            assert thing is not None
            values.append(thing.id if each.name == "id" else sortable(thing.values.get(each.name), whence))
        a, b = values
        if a == b:
            continue
        if a is None or b is None:
            return -1 if b is None else 1
        return -1 if (a < b) != descending else 1
    falls = [*ways.values()][-1] if ways else False
    return -1 if ((one[0] or one[1]).id < (other[0] or other[1]).id) != falls else 1


_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
    "notIn": lambda a, b: a not in b,
    "startsWith": lambda a, b: a.startswith(b),
    "endsWith": lambda a, b: a.endswith(b),
    "contains": lambda a, b: b in a,
    "has": lambda a, b: b in a,
    "hasAny": lambda a, b: any(each in a for each in b),
    "hasAll": lambda a, b: all(each in a for each in b),
    "matches": lambda a, b: re.fullmatch(_pattern(b), a, re.IGNORECASE | re.DOTALL) is not None,
}


def _pattern(simple: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in simple)


def field_passes(of: Field, thing: Thing, wanted: Mapping[str, Any] | None) -> bool:  # noqa: C901  # one case for each sort
    """Whether a field's value meets all comparisons."""
    value = thing.id if of.name == "id" else thing.values.get(of.name)
    for name, operand in (wanted or {}).items():
        if name == "currency":
            held = value is not None and value.currency in operand
        elif name == "isNull":
            held = (value is None) is operand
        elif operand is None:
            held = (value is None) is (name == "eq")
        elif value is None:
            held = name in ("ne", "notIn") or (name == "hasAll" and not operand)
        elif of.kind == "geoPoint":
            held = holds(value, name, operand, _SIGNS)
        elif name == "between":
            held = _operand(of, operand["from"]) <= sortable(value) <= _operand(of, operand["to"])
        elif name in ("within", "during"):
            held = _timely(of, value, operand)
        elif name.endswith("IgnoreCase"):
            above = [each.upper() for each in operand] if isinstance(operand, list) else operand.upper()
            held = _SIGNS[name.removesuffix("IgnoreCase")](value.upper(), above)
        else:
            held = _SIGNS[name](sortable(value), _operand(of, operand))
        if not held:
            return False
    return True


def _timely(of: Field, value: Any, wanted: Any) -> bool:
    """Whether a day or moment lies in a time told from now."""
    now = dt.datetime.now(dt.UTC)
    if isinstance(wanted, str):
        period = Period(wanted)
        first, after = days_of(period, now.date()) if of.kind == "date" else bounds_of(period, now, "UTC")
        return bool(first <= value < after)
    count = -wanted["last"] if "last" in wanted else wanted["next"]
    bounds = days_of_window if of.kind == "date" else window
    first, last = bounds(count, TimeUnit(wanted["unit"]), now, "UTC")
    return bool(first <= value <= last)


def _operand(of: Field, operand: Any) -> Any:
    if isinstance(operand, list):
        return [_operand(of, each) for each in operand]
    match of.kind:
        case "decimal" | "percent" | "money":
            return Decimal(str(operand))
        case "integer":
            return int(operand)
        case "date":
            return dt.date.fromisoformat(operand)
        case "dateTime":
            return dt.datetime.fromisoformat(operand)
    return operand


def figure(figures: Figures, name: str, arguments: Mapping[str, Any]) -> Any:
    """One figure over the values that are there."""
    of = figures.field
    if name == "percentile":
        values = [sortable(value) for value in figures.values if value is not None]
        share = Decimal(str(arguments["p"]))
        return _again(of, percentile(of, values, share)) if values else None
    made = measure(of, name, figures.values)
    if made is None or name in ("count", "countDistinct"):
        return made
    if name == "standardDeviation":
        return float(f"{made:.9g}")
    if name != "sum":
        return _again(of, made)
    if of.kind == "number":
        return float(made)
    if of.kind == "integer":
        return json_form(of, made)
    return _again(of, Decimal(made).quantize(Decimal(1).scaleb(-scale_of(of)), context=Context(prec=60)))


def _again(of: Field, value: Any) -> Any:
    return json_form(of, Money(value, of.options["currency"]) if of.kind == "money" else value)
