"""One schema from two halves: the types of the run-time model, and the fixed part that is written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLID,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    assert_valid_schema,
    get_named_type,
    specified_directives,
)
from graphql.type.schema import InterfaceImplementations

from gql.plan.operations import SEARCH
from gql.typed.adoption import adopted
from gql.typed.catalogue import Catalogue
from gql.typed.changes import SHARED as SHARED_BY_CHANGES
from gql.typed.changes import subscription_fields
from gql.typed.comparisons import SHARED_BY_FILTERS
from gql.typed.federation import FEDERATION_TYPES, federation_fields
from gql.typed.groups import SHARED as SHARED_BY_GROUPS
from gql.typed.history import HISTORY_TYPES
from gql.typed.incremental import DEFER, STREAM
from gql.typed.inputs import Inputs
from gql.typed.insights import INSIGHT_TYPES
from gql.typed.mutations import SHARED as SHARED_BY_MUTATIONS
from gql.typed.mutations import mutation_fields
from gql.typed.naming import LinkNames
from gql.typed.outputs import CLOCK_ARGUMENTS, NODE, RECORD, Outputs, list_arguments
from gql.typed.pages import PAGE_INFO
from gql.typed.scalars import GEO_POINT, GEO_POINT_INPUT, MONEY, MONEY_INPUT, ORDER_DIRECTION, SCALARS
from gql.typed.search import FIELD as SEARCH_FIELD
from gql.typed.search import SEARCH_TYPES
from gql.typed.wording import said_of_type, text
from models.metamodel import EntityType, Metamodel

RECORD_ROOTS = frozenset({"node", "nodes", "record"})
_SHARED: tuple[GraphQLNamedType, ...] = (
    NODE,
    RECORD,
    PAGE_INFO,
    MONEY,
    MONEY_INPUT,
    GEO_POINT,
    GEO_POINT_INPUT,
    ORDER_DIRECTION,
    *SCALARS.values(),
    *SHARED_BY_FILTERS,
    *INSIGHT_TYPES,
    *HISTORY_TYPES,
    *SEARCH_TYPES,
    *FEDERATION_TYPES,
    *SHARED_BY_MUTATIONS,
    *SHARED_BY_GROUPS,
    *SHARED_BY_CHANGES,
)
_ROOTS = {"Query": "Reading.", "Mutation": "Changing.", "Subscription": "Following."}


class RuntimeSchema(GraphQLSchema):
    """The schema of a model, whose types are made when an operation first names them.

    A model of 200 types has some 20,000 types with its filters, orders, pages and figures; an operation uses a dozen.
    Only a full introspection makes them all. It is built valid: that every model gives a valid schema is a law that
    the tests prove through `complete`.
    """

    type_map: Mapping[str, GraphQLNamedType]  # type: ignore[assignment]  # graphql-core only ever reads it

    def __init__(self, model: Metamodel, fixed: GraphQLSchema | None, links: LinkNames | None = None) -> None:
        by_specification = fixed.directives if fixed else specified_directives
        super().__init__(assume_valid=True, directives=(*by_specification, DEFER, STREAM))
        inputs = Inputs(model, links)
        outputs = Outputs(model, inputs)
        own = {kind.name: kind for kind in _SHARED}
        by_hand = adopted(fixed, own) if fixed else {}
        read = query_fields(model, inputs, outputs)
        federated = federation_fields(model, outputs)
        typed: tuple[Mapping[str, GraphQLField], ...] = (
            {**read, **federated},
            mutation_fields(model, inputs, outputs),
            subscription_fields(model, inputs, outputs, read),
        )
        roots = [_root(name, fields, fixed) for name, fields in zip(_ROOTS, typed, strict=True)]
        self.query_type, self.mutation_type, self.subscription_type = roots
        _make_fields(roots)
        named: dict[str, GraphQLNamedType] = {root.name: root for root in roots if root is not None}
        named |= {kind.name: kind for kind in (get_named_type(field.type) for field in federated.values())}
        self.fixed_mutations = frozenset(fixed.mutation_type.fields if fixed and fixed.mutation_type else ())
        self.fixed_subscriptions = frozenset(
            fixed.subscription_type.fields if fixed and fixed.subscription_type else ()
        )
        known = {**self.type_map, **by_hand, **own, **named}
        self.type_map = Catalogue(model, inputs, outputs, known)
        records = [outputs.record(name) for name in model.types]
        if fixed is not None:
            self.extensions = fixed.extensions
            self._implementations_map |= fixed._implementations_map  # noqa: SLF001  # the halves become one
            vars(self).setdefault("_strawberry_schema", getattr(fixed, "_strawberry_schema", None))
        self._implementations_map |= {
            NODE.name: InterfaceImplementations(objects=[*records], interfaces=[RECORD]),
            RECORD.name: InterfaceImplementations(objects=[*records], interfaces=[]),
        }

    def make_all(self) -> None:
        """Make every type, as an introspection needs them; slow for large models, so call it off the event loop."""
        self.type_map.complete()  # type: ignore[attr-defined]  # the map is our Catalogue


def build_schema(model: Metamodel, fixed: GraphQLSchema | None, links: LinkNames | None = None) -> RuntimeSchema:
    """The schema of a model merged with the fixed half. Raises TypeError when both want a root field of one name.

    `links` are the names of links where the model is a part of a larger one, whose names it shares.
    """
    return RuntimeSchema(model, fixed, links)


def complete(schema: RuntimeSchema) -> GraphQLSchema:
    """The same schema with every type made and checked by graphql-core's own rules. Raises TypeError with every fault."""
    schema.make_all()
    types = [*schema.type_map.values()]
    whole = GraphQLSchema(
        schema.query_type, schema.mutation_type, schema.subscription_type, types, directives=schema.directives
    )
    assert_valid_schema(whole)
    return whole


def query_fields(model: Metamodel, inputs: Inputs, outputs: Outputs) -> dict[str, GraphQLField]:
    """The root fields that read: by id for any record, then one and many for each type."""
    an_id = {"id": GraphQLArgument(GraphQLNonNull(GraphQLID), description="The record's id."), **CLOCK_ARGUMENTS}
    many_ids = GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLID)))
    ids = {"ids": GraphQLArgument(many_ids, description="The records' ids."), **CLOCK_ARGUMENTS}
    fields = {
        "node": GraphQLField(NODE, args=an_id, description="Anything by its id; null when there is no such thing."),
        "nodes": GraphQLField(
            GraphQLNonNull(GraphQLList(NODE)), args=ids, description="One for each id, in their order; null for gaps."
        ),
        "record": GraphQLField(RECORD, args=an_id, description="A record of any type by its id."),
        SEARCH: SEARCH_FIELD,
    }
    for kind in model.types.values():
        label = text(kind.labels) or kind.name
        fields[kind.one] = GraphQLField(outputs.record(kind.name), args=an_id, **said_of_type(kind, f"{label}, by id."))
        fields[kind.many] = _list_field(kind, inputs, outputs)
    return fields


def _list_field(kind: EntityType, inputs: Inputs, outputs: Outputs) -> GraphQLField:
    arguments = list_arguments(inputs.filter(kind), inputs.order(kind))
    return GraphQLField(
        GraphQLNonNull(outputs.connection(kind)),
        args=arguments,
        **said_of_type(kind, f"A page of {kind.many}, with figures."),
    )


def _root(name: str, typed: Mapping[str, GraphQLField], fixed: GraphQLSchema | None) -> GraphQLObjectType | None:
    root = getattr(fixed, f"{name.lower()}_type", None)
    by_hand: Mapping[str, GraphQLField] = root.fields if root else {}
    if clashes := sorted(by_hand.keys() & typed.keys()):
        raise TypeError(f"{name}: {', '.join(clashes)} would be there twice; rename the type that brings it.")
    return GraphQLObjectType(name, {**by_hand, **typed}, description=_ROOTS[name]) if by_hand or typed else None


def _make_fields(roots: Sequence[GraphQLObjectType | None]) -> None:
    """Make the fields of the roots, which come when first looked at: thousands, and not while a request waits for them."""
    for root in roots:
        assert root is None or root.fields is not None
