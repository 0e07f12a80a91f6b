"""`insights { … }` of a record or of an aggregate into requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from graphql import FieldNode, SelectionSetNode

from cypher import request
from gql.plan.given import Given
from gql.plan.slots import Slots
from gql.typed.insights import LANGUAGE, MOST_REASONS
from gql.typed.naming import capital
from models import scores
from models.fields.kind import InvalidValue
from models.metamodel import EntityType, Field, Metamodel
from models.profiles import profile_of

Nodes = list[FieldNode]
_EXPLAINED = {
    "reasons": "ReasonInsightPart",
    "paths": "PathInsightPart",
    "counterfactuals": "CounterfactualInsightPart",
}
_RECORDS = ("records", "record")


class Selects(Protocol):
    """What reads selection sets: fragments, aliases and directives are its business."""

    model: Metamodel
    slots: Slots
    most: int

    def collect(self, sets: Iterable[SelectionSetNode | None], types: frozenset[str]) -> dict[str, Nodes]:
        """The fields asked for of an object that has all of these type names, by response key, in order."""
        ...

    def arguments(self, node: FieldNode) -> dict[str, Given]:
        """The arguments of a field."""
        ...

    def figures(self, key: str, field: Field, nodes: Nodes) -> request.AggregatePart:
        """The figures over one field."""
        ...


class Insights:
    """Reads the selections inside `insights`."""

    def __init__(self, selects: Selects) -> None:
        self.selects = selects
        self._slots: dict[int, tuple[str, str]] = {}

    def group(self, kind: EntityType, key: str, nodes: Nodes) -> request.Group:
        """What is asked of the insights of a record of a type."""
        wanted = self._inside(nodes, "Insights")
        return request.Group(key, tuple(self._engine(kind, each, inner) for each, inner in wanted.items()))

    def _engine(self, kind: EntityType, key: str, nodes: Nodes) -> request.Item:
        engine = nodes[0].name.value
        if engine == "__typename":
            return request.Constant(key, "Insights")
        stem = f"{capital(engine)}Insight"
        inside = self._inside(nodes, stem).items()
        return request.Group(key, tuple(self._score(kind, engine, stem, *each) for each in inside))

    def _score(self, kind: EntityType, engine: str, stem: str, key: str, nodes: Nodes) -> request.Item:
        name = nodes[0].name.value
        if name == "__typename":
            return request.Constant(key, stem)
        if name in _EXPLAINED:
            return self._explained(kind, engine, name, key, nodes)
        return request.Leaf(key, scores.fields(engine)[name])

    def _explained(self, kind: EntityType, engine: str, what: str, key: str, nodes: Nodes) -> request.Explained:
        most, language = self._arguments(what, nodes[0])
        signals = profile_of(self.selects.model, kind.name).signals
        return request.Explained(key, kind, engine, what, most, language, self._parts(nodes, _EXPLAINED[what]), signals)

    def _arguments(self, what: str, node: FieldNode) -> tuple[str, str]:
        """The parameters of a selection, the same ones for every type of record it is read for."""
        known = self._slots.get(id(node))
        if known is None:
            given, slots = self.selects.arguments(node), self.selects.slots
            first = given.get("first") or Given(MOST_REASONS)
            language = given.get("language") or Given(LANGUAGE)
            known = slots.add(first, self._count, f"{what}.first"), slots.add(language, str, f"{what}.language")
            self._slots[id(node)] = known
        return known

    def _count(self, value: Any) -> int:
        if not isinstance(value, int) or not 0 <= value <= self.selects.most:
            raise InvalidValue("page_too_large", f"ask for 0 to {self.selects.most} at once.")
        return value

    def _parts(self, nodes: Nodes, name: str) -> tuple[request.Part, ...]:
        return tuple(self._part(key, each, name) for key, each in self._inside(nodes, name).items())

    def _part(self, key: str, nodes: Nodes, of: str) -> request.Part:
        what = nodes[0].name.value
        if what == "__typename":
            return request.Part(key, "typename", type_name=of)
        return request.Part(key, what, self._parts(nodes, "RecordInsightPart") if what in _RECORDS else ())

    # figures

    def figures(self, key: str, nodes: Nodes) -> request.AggregatePart:
        """What is asked of the figures over insights."""
        return self._figure_group(key, nodes, "InsightsAggregate", self._engine_figures)

    def _engine_figures(self, key: str, nodes: Nodes) -> request.AggregatePart:
        engine = nodes[0].name.value
        fields: Mapping[str, Field] = scores.fields(engine)

        def one(inner_key: str, inner: Nodes) -> request.AggregatePart:
            return self.selects.figures(inner_key, fields[inner[0].name.value], inner)

        return self._figure_group(key, nodes, f"{capital(engine)}InsightAggregate", one)

    def _figure_group(
        self, key: str, nodes: Nodes, stem: str, one: Callable[[str, Nodes], request.AggregatePart]
    ) -> request.AggregatePart:
        parts = tuple(
            request.AggregatePart(inner_key, "typename", type_name=stem)
            if inner[0].name.value == "__typename"
            else one(inner_key, inner)
            for inner_key, inner in self._inside(nodes, stem).items()
        )
        return request.AggregatePart(key, "group", parts=parts)

    def _inside(self, nodes: Nodes, name: str) -> dict[str, Nodes]:
        return self.selects.collect([node.selection_set for node in nodes], frozenset((name,)))
