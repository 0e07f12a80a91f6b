"""Selection sets into requests: fragments, aliases, @skip and @include are settled here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
)

from cypher import request
from cypher.compile.connections import order_name
from gql.plan.clocks import Clocks
from gql.plan.costs import Ledger
from gql.plan.cursors import Cursors
from gql.plan.figures import millionths
from gql.plan.filters import NO_TERMS, Filters
from gql.plan.given import Given, given, key_of
from gql.plan.groups import GroupReader
from gql.plan.history import Histories
from gql.plan.insights import Insights
from gql.plan.pages import page
from gql.plan.segments import Terms
from gql.plan.slots import Slots
from gql.typed.history import HISTORY
from gql.typed.inputs import link_fields
from gql.typed.naming import along, link_names
from gql.typed.outputs import figures_name
from models import system
from models.fields.kind import Aggregate
from models.metamodel import EntityType, Field, Metamodel, RelationType, Side
from models.scores import INSIGHTS

Fields = dict[str, list[FieldNode]]
OF_ROWS = ("edges", "nodes")  # the parts of a connection that are read for each of its rows


def is_wanted(selection: SelectionNode, variables: Mapping[str, Any]) -> bool:
    """Whether @skip and @include leave a selection in."""
    for directive in selection.directives or ():
        if directive.name.value not in ("skip", "include"):
            continue
        (condition,) = directive.arguments or ()
        value = given(condition.value, variables)
        if value is not None and value.value is (directive.name.value == "skip"):
            return False
    return True


class Selections:
    """Reads one operation's selections against the model."""

    def __init__(
        self,
        model: Metamodel,
        slots: Slots,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        cursors: Cursors,
        most: int,
        terms: Terms = NO_TERMS,
    ) -> None:
        self.model, self.slots, self.fragments, self.variables = model, slots, fragments, variables
        self.filters, self.names = Filters(model, slots, terms), link_names(model)
        self.insights = Insights(self)
        self.histories = Histories(self, model, cursors)
        self.cursors, self.most, self.clocks = cursors, most, Clocks(slots)
        self.ledger = Ledger()

    # what is asked for

    def collect(self, sets: Iterable[SelectionSetNode | None], types: frozenset[str]) -> Fields:
        """The fields asked for of an object that has all of these type names, by response key, in order."""
        found: Fields = {}
        for selections in sets:
            if selections is not None:
                self._collect(selections.selections, types, found)
        return found

    def _collect(self, selections: Iterable[SelectionNode], types: frozenset[str], found: Fields) -> None:
        for selection in selections:
            if not is_wanted(selection, self.variables):
                continue
            if isinstance(selection, FieldNode):
                found.setdefault(key_of(selection), []).append(selection)
                continue
            fragment = self.fragments[selection.name.value] if isinstance(selection, FragmentSpreadNode) else selection
            assert isinstance(fragment, (FragmentDefinitionNode, InlineFragmentNode))
            condition = fragment.type_condition
            if condition is None or condition.name.value in types:
                self._collect(fragment.selection_set.selections, types, found)

    def arguments(self, node: FieldNode) -> dict[str, Given]:
        """The arguments of a field, those left out missing."""
        values = {argument.name.value: given(argument.value, self.variables) for argument in node.arguments or ()}
        return {name: value for name, value in values.items() if value is not None}

    # records and links

    def by_type(self, sets: list[SelectionSetNode | None], types: Iterable[str]) -> request.ByType:
        """What to select of a record, for each type it may be."""
        return {name: self.record(self.model.types[name], sets) for name in types}

    def record(self, kind: EntityType, sets: list[SelectionSetNode | None]) -> request.Selection:
        """What to select of a record of one type."""
        wanted = self.collect(sets, frozenset((kind.name, "Record", "Node", "_Entity")))
        return tuple(self._record_item(kind, key, nodes) for key, nodes in wanted.items())

    def _record_item(self, kind: EntityType, key: str, nodes: list[FieldNode]) -> request.Item:
        name = nodes[0].name.value
        if name == "__typename":
            return request.Constant(key, kind.name)
        if name == "displayName":
            return request.DisplayName(key, kind)
        if name == INSIGHTS:
            return self.insights.group(kind, key, nodes)
        if name == HISTORY:
            return self._history(kind, key, nodes)
        field = system.OF_RECORDS.get(name) or kind.fields.get(name)
        if field is not None:
            return self._leaf(key, field, nodes)
        side = self.model.sides[kind.name][name]
        return request.Sub(key, side, self.relation(kind, side, nodes))

    def _leaf(self, key: str, field: Field, nodes: list[FieldNode]) -> request.Leaf:
        if field.kind == "geoPoint":
            return self._place(key, field, nodes)
        if field.kind != "money":
            return request.Leaf(key, field)
        return request.Leaf(key, field, self._money(nodes))

    def _place(self, key: str, field: Field, nodes: list[FieldNode]) -> request.Leaf:
        """A place, and its distances from points."""
        inside, slots = list[tuple[str, str]](), list[str]()
        for inner_key, each in self.collect([node.selection_set for node in nodes], frozenset(("GeoPoint",))).items():
            name = each[0].name.value
            if name == "distance":
                name = f"distance{len(slots)}"
                whence = self.arguments(each[0])["from"]
                slots.append(self.filters.comparisons.point(field, whence, f"{field.name}.distance.from"))
            inside.append((inner_key, name))
        return request.Leaf(key, field, tuple(inside), tuple(slots))

    def link(self, side: Side, sets: list[SelectionSetNode | None]) -> request.Selection:
        """What to select of a link."""
        name, fields = self.names.stem(side), link_fields(side)
        wanted = self.collect(sets, frozenset((name,)))
        return tuple(
            request.Constant(key, name)
            if nodes[0].name.value == "__typename"
            else self._history(side.relation, key, nodes)
            if nodes[0].name.value == HISTORY
            else self._leaf(key, fields[nodes[0].name.value], nodes)
            for key, nodes in wanted.items()
        )

    def _history(self, kind: EntityType | RelationType, key: str, nodes: list[FieldNode]) -> request.History:
        """The changes of a record or a link, which count as a page of their own."""
        history = self.histories.of(kind, key, nodes)
        with self.ledger.at(key), self.ledger.page(history.size_slot):
            return history

    # connections

    def relation(self, kind: EntityType, side: Side, nodes: list[FieldNode]) -> request.Connection:
        """The connection of a relation's field."""
        arguments, stem = self.arguments(nodes[0]), along(kind, side)
        types = tuple(self.model.types[name] for name in side.far.types)
        order = self.filters.linked_order(side, arguments.get("orderBy"))
        filter_ = self.filters.walked(kind, side, arguments)
        with self.clocks.of(arguments, side.name):
            return self._connection(types, side, stem, filter_, order, arguments, nodes)

    def listing(self, kind: EntityType, nodes: list[FieldNode]) -> request.Connection:
        """The connection of a root field that lists a type."""
        arguments = self.arguments(nodes[0])
        order = self.filters.order(kind, arguments.get("orderBy"))
        filter_ = self.filters.listed(kind, arguments)
        with self.clocks.of(arguments, kind.many):
            return self._connection((kind,), None, kind.name, filter_, order, arguments, nodes)

    def _connection(
        self,
        types: tuple[EntityType, ...],
        side: Side | None,
        stem: str,
        filter_: request.Filter | None,
        order: tuple[request.OrderKey, ...],
        arguments: dict[str, Given],
        nodes: list[FieldNode],
    ) -> request.Connection:
        wanted = self.collect([node.selection_set for node in nodes], frozenset((f"{stem}Connection",)))
        peek = any(each[0].name.value == "pageInfo" for each in wanted.values())
        label = nodes[0].name.value
        the_page = page(
            self.slots,
            self.cursors,
            order,
            order_name(order),
            filter_,
            arguments,
            self.most,
            label,
            peek=peek,
            most_skipped=self.filters.terms.most_skipped,
        )
        clock = self.clocks.current
        with self.ledger.at(key_of(nodes[0])):
            has_rows = peek or any(each[0].name.value in OF_ROWS for each in wanted.values())
            with self.ledger.page(the_page.size_slot, side.near.most if side else None) if has_rows else nullcontext():
                of_rows = {
                    key: self._part(types, side, stem, key, each)
                    for key, each in wanted.items()
                    if each[0].name.value in OF_ROWS
                }
            parts = tuple(of_rows.get(key) or self._part(types, side, stem, key, each) for key, each in wanted.items())
            self.ledger.listed(types, side, the_page, parts, looks_back=clock is not None)
        return request.Connection(types, the_page, parts, interface=len(types) > 1, clock=clock)

    def _part(
        self, types: tuple[EntityType, ...], side: Side | None, stem: str, key: str, nodes: list[FieldNode]
    ) -> request.ConnectionPart:
        what, sets = nodes[0].name.value, [node.selection_set for node in nodes]
        names = [kind.name for kind in types]
        match what:
            case "__typename":
                return request.ConnectionPart(key, "typename", type_name=f"{stem}Connection")
            case "nodes":
                return request.ConnectionPart(key, what, node=self.by_type(sets, names))
            case "edges":
                return request.ConnectionPart(key, what, edge=self._edges(names, side, stem, sets))
            case "pageInfo":
                wanted = self.collect(sets, frozenset(("PageInfo",)))
                info = tuple(request.InfoPart(k, n[0].name.value.removeprefix("__")) for k, n in wanted.items())
                return request.ConnectionPart(key, what, info=info)
            case "grouped":
                grouped = GroupReader(self, types, side, stem).of(nodes)
                return request.ConnectionPart(key, what, grouped=grouped)
            case "aggregate":
                parts = self.aggregate(types, side, f"{stem}Aggregate", sets)
                return request.ConnectionPart(key, what, aggregate=parts)
            case _:
                return request.ConnectionPart(key, what)

    def _edges(
        self, names: list[str], side: Side | None, stem: str, sets: list[SelectionSetNode | None]
    ) -> tuple[request.EdgePart, ...]:
        parts = []
        for key, nodes in self.collect(sets, frozenset((f"{stem}Edge",))).items():
            what, inner = nodes[0].name.value, [node.selection_set for node in nodes]
            if what == "node":
                parts.append(request.EdgePart(key, what, node=self.by_type(inner, names)))
            elif what == "link":
                assert side is not None
                parts.append(request.EdgePart(key, what, link=self.link(side, inner)))
            else:
                parts.append(request.EdgePart(key, what.removeprefix("__"), type_name=f"{stem}Edge"))
        return tuple(parts)

    # aggregates

    def aggregate(
        self, types: tuple[EntityType, ...], side: Side | None, name: str, sets: list[SelectionSetNode | None]
    ) -> tuple[request.AggregatePart, ...]:
        wanted = self.collect(sets, frozenset((name,)))
        return tuple(self._aggregate_part(types, side, name, key, nodes) for key, nodes in wanted.items())

    def _aggregate_part(
        self, types: tuple[EntityType, ...], side: Side | None, name: str, key: str, nodes: list[FieldNode]
    ) -> request.AggregatePart:
        what, sets = nodes[0].name.value, [node.selection_set for node in nodes]
        if what == "__typename":
            return request.AggregatePart(key, "typename", type_name=name)
        if what == "count":
            return request.AggregatePart(key, "count")
        if what == "link" and side is not None:
            stem = f"{self.names.stem(side)}Aggregate"
            parts = tuple(
                request.AggregatePart(inner_key, "typename", type_name=stem)
                if inner[0].name.value == "__typename"
                else self.figures(inner_key, side.relation.fields[inner[0].name.value], inner, of_link=True)
                for inner_key, inner in self.collect(sets, frozenset((stem,))).items()
            )
            return request.AggregatePart(key, "link", parts=parts)
        if what == INSIGHTS:
            return self.insights.figures(key, nodes)
        (kind,) = types
        field = kind.fields.get(what) or system.STAMPS.get(what)
        if field is not None:
            return self.figures(key, field, nodes)
        further = self.model.sides[kind.name][what]
        far = tuple(self.model.types[each] for each in further.far.types)
        parts = self.aggregate(far, further, f"{along(kind, further)}Aggregate", sets)
        return request.AggregatePart(key, "relation", side=further, parts=parts)

    def figures(
        self, key: str, field: Field, nodes: list[FieldNode], *, of_link: bool = False
    ) -> request.AggregatePart:
        """The figures over one field."""
        name = figures_name(field)
        wanted = self.collect([node.selection_set for node in nodes], frozenset((name,)))
        figures: tuple[request.Figure | request.Constant, ...] = tuple(
            request.Constant(inner_key, name) if inner[0].name.value == "__typename" else self._figure(inner_key, inner)
            for inner_key, inner in wanted.items()
        )
        return request.AggregatePart(key, "field", field=field, figures=figures, of_link=of_link)

    def _figure(self, key: str, nodes: list[FieldNode]) -> request.Figure:
        what, share = Aggregate(nodes[0].name.value), self.arguments(nodes[0]).get("p")
        slot = self.slots.add(share, millionths, "percentile.p") if share else ""
        return request.Figure(key, what, self._money(nodes) if nodes[0].selection_set else None, slot)

    def _money(self, nodes: list[FieldNode]) -> tuple[tuple[str, str], ...]:
        inner = self.collect([node.selection_set for node in nodes], frozenset(("Money",)))
        return tuple((key, each[0].name.value) for key, each in inner.items())
