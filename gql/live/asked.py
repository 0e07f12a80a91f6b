"""What a subscription of the typed half asks for, read from its operation: the field, its arguments and who may share it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import FieldNode, OperationDefinitionNode, VariableNode

from gql.editions import Edition
from gql.execute.documents import Document, coerced, document
from gql.execute.errors import refused
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from gql.plan.segments import Terms
from gql.plan.selection import Selections
from gql.plan.slots import Slots

AFTER = "after"


@dataclass(frozen=True, slots=True)
class Text:
    """An operation as it was sent; it can be read again when the model has changed."""

    text: str
    variables: Mapping[str, Any]
    name: str | None
    after: str = ""  # a cursor beside the operation, which goes before one in it


@dataclass(frozen=True, slots=True)
class Asked:
    """The operation under one edition; its one root field."""

    edition: Edition
    document: Document
    operation: OperationDefinitionNode
    variables: Mapping[str, Any]
    key: str
    nodes: list[FieldNode]
    terms: Terms

    @property
    def field(self) -> str:
        """The name of the root field."""
        return self.nodes[0].name.value

    def selections(self, cursors: Cursors, limits: Limits) -> Selections:
        """A reader of what is selected."""
        fragments = self.document.fragments
        return Selections(self.edition.model, Slots(), fragments, self.variables, cursors, limits.max_page, self.terms)


def asked(edition: Edition, sent: Text, terms: Terms, cursors: Cursors, limits: Limits) -> Asked:
    """The operation read under an edition. Raises Refused when it is not valid there."""
    known = document(sent.text, edition.schema, edition.plans, limits)
    operation = known.operation(sent.name)
    variables = coerced(edition.schema, operation, sent.variables, limits)
    selections = Selections(edition.model, Slots(), known.fragments, variables, cursors, limits.max_page)
    fields = selections.collect([operation.selection_set], frozenset({"Subscription"}))
    if len(fields) != 1:
        raise refused("one_field", f"A subscription follows exactly one thing; {len(fields)} are asked for here.")
    ((key, nodes),) = fields.items()
    return Asked(edition, known, operation, variables, key, nodes, terms)


def shared_by(wanted: Asked, sent: Text, rights: Hashable, *, resumes: bool) -> Hashable:
    """Subscriptions with equal keys get the same answers; where they resume from does not matter."""
    apart = _variables_of_after(wanted) if resumes else frozenset()
    values = {name: value for name, value in sent.variables.items() if name not in apart}
    written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    # a segment may mean another thing to each person, and after each change of a saved query
    segments = (wanted.terms.saved.number, wanted.terms.person)
    uses_them = "segment" in sent.text.lower() or b"segment" in written.lower()
    return rights, sent.text, sent.name, written, segments if uses_them else None


def _variables_of_after(wanted: Asked) -> frozenset[str]:
    return frozenset(
        argument.value.name.value
        for argument in wanted.nodes[0].arguments or ()
        if argument.name.value == AFTER and isinstance(argument.value, VariableNode)
    )
