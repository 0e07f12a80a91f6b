"""The part of an operation that the fixed half answers, as a document of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from graphql import (
    REMOVE,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)

from gql.plan.selection import Fields
from gql.typed.incremental import NAMES

Ast = TypeVar("Ast", bound=Node)


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


def undeferred(ast: Ast) -> Ast:
    """The same without @defer and @stream: what answers whole is not to see them."""
    return visit(ast, _Undeferring())  # type: ignore[no-any-return]  # a node stays what it is


class _Undeferring(Visitor):
    def leave_directive(self, node: DirectiveNode, *_: Any) -> Any:
        """Take out what says that something may come later."""
        return REMOVE if node.name.value in NAMES else None
