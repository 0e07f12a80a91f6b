"""The part of an operation that the fixed half answers, as a document of its own."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gql.plan.selection import Fields


def fixed_document(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode], fields: Fields
) -> DocumentNode:
    """The same operation with these root fields alone."""
    nodes = tuple(node for each in fields.values() for node in each)
    part = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=nodes),
    )
    return DocumentNode(definitions=(part, *fragments.values()))


def merged(nodes: list[FieldNode]) -> FieldNode:
    """Fields asked for under one response key as one field with the selections of all."""
    first = nodes[0]
    if len(nodes) == 1:
        return first
    selections = tuple(selection for node in nodes if node.selection_set for selection in node.selection_set.selections)
    return FieldNode(
        alias=first.alias,
        name=first.name,
        arguments=first.arguments,
        directives=first.directives,
        selection_set=SelectionSetNode(selections=selections) if selections else None,
    )
