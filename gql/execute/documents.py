"""Documents: parsed, measured and valid under one schema, with the operation to run picked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    ValidationContext,
    get_variable_values,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import KnownTypeNamesRule, OverlappingFieldsCanBeMergedRule

from gql.execute.errors import Refused, refused
from gql.execute.limits import Limits, Measure, check_variables
from gql.execute.plans import PlanCache
from gql.plan.fixed import undeferred
from gql.typed.incremental import NAMES


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document, and `in_parts` as it was written where it says what may come later."""

    operations: tuple[OperationDefinitionNode, ...]
    fragments: Mapping[str, FragmentDefinitionNode]
    in_parts: Document | None = None

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run. Raises Refused when the name does not settle which."""
        if name is None and len(self.operations) == 1:
            return self.operations[0]
        names = [operation.name.value if operation.name else "(without a name)" for operation in self.operations]
        for operation in self.operations:
            if name is not None and operation.name and operation.name.value == name:
                return operation
        listed = ", ".join(names[:10]) or "none"
        if name is None:
            raise refused("operation_name", f"Say which operation to run with operationName; there are: {listed}.")
        raise refused("operation_name", f"There is no operation {name[:80]!r}; there are: {listed}.")


class _KnownTypes(KnownTypeNamesRule):
    """graphql-core's rule without its suggestions, which would make every type of the schema to find a near name."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.type_names = []


RULES = tuple(_KnownTypes if rule is KnownTypeNamesRule else rule for rule in specified_rules)
LINEAR_RULES = tuple(rule for rule in RULES if rule is not OverlappingFieldsCanBeMergedRule)


def document(text: str, schema: GraphQLSchema, plans: PlanCache, limits: Limits) -> Document:
    """The document of a text, parsed and checked unless it is known already. Raises Refused with every fault."""
    known = plans.documents.get(text)
    if known is None:
        if len(text) > limits.max_characters:
            raise refused(
                "too_large",
                f"The operation has {len(text):,} characters, at most {limits.max_characters:,} are read; "
                "send values as variables.",
            )
        known = _checked(_parsed(text, limits, no_location=True), text, schema, limits)
        plans.documents.put(text, known, len(text))
    return known


def _parsed(text: str, limits: Limits, *, no_location: bool) -> DocumentNode:
    try:
        return parse(text, no_location=no_location, max_tokens=limits.max_tokens, allow_empty_selection_sets=False)
    except GraphQLSyntaxError as error:
        error.extensions = {"code": "syntax_error"}
        raise Refused([error]) from error


def _checked(ast: DocumentNode, text: str, schema: GraphQLSchema, limits: Limits) -> Document:
    operations = _operations(ast)
    measure = Measure(ast, limits)
    measure.check(operations)
    rules = LINEAR_RULES if measure.unused else RULES  # a fragment without use is a fault already
    if validate(schema, ast, rules, max_errors=1, allow_empty_selection_sets=False):
        placed = _parsed(text, limits, no_location=False)  # again, to say where
        raise Refused(validate(schema, placed, rules, max_errors=20, allow_empty_selection_sets=False))
    written = Document(operations, measure.fragments)
    return written if not any(name in text for name in NAMES) else _whole(ast, written)


def _whole(ast: DocumentNode, written: Document) -> Document:
    """The document to be answered whole, which remembers how it was written."""
    plain = undeferred(ast)
    fragments = {each.name.value: each for each in plain.definitions if isinstance(each, FragmentDefinitionNode)}
    return Document(_operations(plain), fragments, written)


def _operations(ast: DocumentNode) -> tuple[OperationDefinitionNode, ...]:
    return tuple(each for each in ast.definitions if isinstance(each, OperationDefinitionNode))


def coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any] | None, limits: Limits
) -> dict[str, Any]:
    """The operation's variables with defaults put in. Raises Refused with every value that does not fit."""
    definitions = operation.variable_definitions
    if not definitions:
        return {}
    inputs = dict(given or {})
    check_variables(inputs, limits)
    values = get_variable_values(schema, definitions, inputs, max_errors=20)
    if isinstance(values, list):
        for error in values:
            error.extensions = {"code": "bad_variable", **(error.extensions or {})}
        raise Refused(values)
    return values.coerced
