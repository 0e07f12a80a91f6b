"""A GraphQL query that asks for one list, made into one that is worked off page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_operation_ast,
    parse,
    print_ast,
    value_from_ast_untyped,
    visit,
)

from gql.execute.errors import refused
from gql.streaming.cells import Column
from gql.streaming.pages import FEW, PAGE, ListQuery
from models.names import RESERVED_ROOTS

MOST_TOKENS = 10_000
FIRST, AFTER, INFO = "xrmFirst", "xrmAfter", "xrmPage"
ROWS = ("nodes", "edges")
_PAGING = ("first", "after", "last", "before")
Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True, slots=True)
class StreamedDocument:
    """The query, the columns of its rows, and what to call the file."""

    query: ListQuery
    columns: tuple[Column, ...]
    name: str


def streamed(text: str, variables: Mapping[str, Any] | None, operation_name: str | None) -> StreamedDocument | None:
    """What a text asks for as a list of rows; None for a text that is no GraphQL. Raises Refused for what is no single list."""
    try:
        document = parse(text, no_location=True, max_tokens=MOST_TOKENS)
    except GraphQLError:
        return None
    operation = get_operation_ast(document, operation_name)
    if operation is None:
        return None
    field, rows = _list(operation)
    given = dict(variables or {})
    arguments = {argument.name.value: _value(argument.value, given) for argument in field.arguments or ()}
    if any(arguments.get(name) is not None for name in ("last", "before", "skip")):
        raise refused(
            "not_a_list", "A stream goes forward from its beginning or a cursor: leave out last, before and skip."
        )
    page, root = _paged(document, operation, field, rows), _key(field)
    most = arguments.get("first")
    query = ListQuery(
        page,
        {**given, AFTER: arguments.get("after")},
        (root,),
        _key(rows),
        most if isinstance(most, int) else None,
        INFO,
        FIRST,
        AFTER,
        operation_name,
        FEW if field.name.value in RESERVED_ROOTS else PAGE,
    )
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    paths = dict.fromkeys(_paths(rows.selection_set, fragments, frozenset()))
    return StreamedDocument(query, tuple(Column(".".join(path), path) for path in paths), root)


def _list(operation: OperationDefinitionNode) -> tuple[FieldNode, FieldNode]:
    """The one root field, and its rows. Raises Refused."""
    root = _only(operation.selection_set)
    rows = _only(root.selection_set) if root is not None else None
    if operation.operation is OperationType.QUERY and root and rows and rows.name.value in ROWS:
        return root, rows
    raise refused(
        "not_a_list",
        "Rows are streamed of a query with one list and nothing else in it: { companies { nodes { name } } }.",
    )


def _only(selections: SelectionSetNode | None) -> FieldNode | None:
    """The one field of a selection that has no more."""
    found = selections.selections if selections else ()
    return found[0] if len(found) == 1 and isinstance(found[0], FieldNode) else None


def _paged(document: DocumentNode, operation: OperationDefinitionNode, field: FieldNode, rows: FieldNode) -> str:
    """The text of the same query for one page."""
    arguments = [each for each in field.arguments or () if each.name.value not in _PAGING]
    arguments += [_argument("first", FIRST), _argument("after", AFTER)]
    info = parse(f"{{ {INFO}: pageInfo {{ hasNextPage endCursor }} }}", no_location=True).definitions[0]
    assert isinstance(info, OperationDefinitionNode)
    inner = SelectionSetNode(selections=(rows, *info.selection_set.selections))
    root = FieldNode(
        name=field.name, alias=field.alias, arguments=tuple(arguments), directives=field.directives, selection_set=inner
    )
    others = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    used = _variables(root).union(*map(_variables, others))
    declared = [each for each in operation.variable_definitions or () if each.variable.name.value in used]
    declared += [_declared(FIRST, "Int"), _declared(AFTER, "String")]
    paged = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=tuple(declared),
        directives=operation.directives,
        selection_set=SelectionSetNode(selections=(root,)),
    )
    return print_ast(DocumentNode(definitions=(paged, *others)))


def _variables(node: FieldNode | FragmentDefinitionNode) -> set[str]:
    found: set[str] = set()

    class Names(Visitor):
        def enter_variable(self, variable: VariableNode, *_: Any) -> None:
            found.add(variable.name.value)

    visit(node, Names())
    return found


def _argument(name: str, variable: str) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=VariableNode(name=NameNode(value=variable)))


def _declared(name: str, type_name: str) -> VariableDefinitionNode:
    variable = VariableNode(name=NameNode(value=name))
    return VariableDefinitionNode(variable=variable, type=NamedTypeNode(name=NameNode(value=type_name)), directives=())


def _value(node: ValueNode, variables: Mapping[str, Any]) -> Any:
    return value_from_ast_untyped(node, dict(variables))


def _key(field: FieldNode) -> str:
    return field.alias.value if field.alias else field.name.value


def _paths(
    selections: SelectionSetNode | None, fragments: Fragments, around: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """The way to every value, in the order of the selection."""
    for selection in selections.selections if selections else ():
        if isinstance(selection, FieldNode):
            if selection.selection_set is None:
                yield (_key(selection),)
            for path in _paths(selection.selection_set, fragments, around):
                yield (_key(selection), *path)
        elif isinstance(selection, InlineFragmentNode):
            yield from _paths(selection.selection_set, fragments, around)
        elif isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name in fragments and name not in around:
                yield from _paths(fragments[name].selection_set, fragments, around | {name})
