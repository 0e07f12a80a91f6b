"""Expressions checked against the model and made into filters, as plain data in the form of the API's typed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from models.errors import told
from models.expressions.comparing import NOTHING, Comparing
from models.expressions.faults import BadExpression, meant
from models.expressions.parser import parsed
from models.expressions.refusals import LONGEST_NAME, no_relation, no_type, of_other_type
from models.expressions.scopes import Scope, Where, nested
from models.expressions.tree import (
    Call,
    Comparison,
    Constant,
    Logic,
    Name,
    Negation,
    Node,
    Operand,
    Placed,
    Reaching,
    Segment,
)
from models.expressions.values import (
    A_NUMBER,
    Declared,
    Parameter,
    Wrong,
    expected_of,
    value_of,
)
from models.metamodel import EntityType, Metamodel, Side

__all__ = ["Condition", "Declared", "Parameter", "Signature", "condition"]

QUANTIFIERS = {"any": "some", "all": "every", "none": "none"}
EVERYTHING: Where = {"and": []}
_COUNTED = frozenset({"eq", "ne", "lt", "lte", "gt", "gte"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What a condition needs to know of a segment it names: the type of its records, and its parameters."""

    type_name: str
    parameters: Mapping[str, Declared]
    required: frozenset[str] = frozenset()


NO_SEGMENTS: Mapping[str, Signature] = MappingProxyType({})
NO_PARAMETERS: Mapping[str, Declared] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter as plain data, `Parameter` where a value is still to come; and the segments that it names."""

    where: Where
    segments: frozenset[str]


def condition(
    text: str,
    model: Metamodel,
    kind: EntityType,
    *,
    declared: Mapping[str, Declared] = NO_PARAMETERS,
    segments: Mapping[str, Signature] = NO_SEGMENTS,
    side: Side | None = None,
) -> Condition:
    """The condition that a text writes on records of a type; with `side` on what is linked along that relation.

    Raises BadExpression: the first thing that is not of the language, else everything that is not of the model.
    """
    checker = _Checker(text, declared, segments)
    scope = Scope(model, kind)
    where = checker.where(parsed(text), scope if side is None else scope.beyond(side))
    if checker.faults:
        raise BadExpression(checker.faults)
    return Condition(where, frozenset(checker.named))


class _Checker(Comparing):
    def __init__(self, text: str, declared: Mapping[str, Declared], segments: Mapping[str, Signature]) -> None:
        super().__init__(text, declared)
        self.segments, self.named = segments, set[str]()

    def where(self, node: Node, scope: Scope) -> Where:
        """The filter of a condition."""
        match node:
            case Logic(word, parts):
                return {word: [self.where(part, scope) for part in parts]}
            case Negation(part):
                return {"not": self.where(part, scope)}
            case Constant(value):
                return EVERYTHING if value else NOTHING
            case Name():
                return self.truth(node, scope)
            case Comparison():
                return self.comparison(node, scope)
            case Reaching():
                return self.reaching(node, scope)
            case Segment():
                return self.segment(node, scope)
            case Placed():
                return self.in_box(node, scope)
            case Call(function):
                return self.is_a(node, scope) if function == "isA" else self.quantified(node, scope)

    def comparison(self, node: Comparison, scope: Scope) -> Where:
        if isinstance(node.left, Call):
            return self.counted(node, node.left, scope)
        if isinstance(node.left, Placed):
            return self.far(node, node.left, scope)
        assert isinstance(node.left, Name)
        if node.left.path[-1] == "currency" and len(node.left.path) > 1:
            return self.currency(node, node.left, scope)
        if node.left.path == ("type",) and scope.kind is None:
            return self.of_types(node, scope)
        found = self.meaning(node.left, scope)
        return NOTHING if found is None else self.compared(node, found)

    # relations

    def side(self, name: Name, scope: Scope) -> Side | None:
        side = scope.sides.get(str(name))
        if side is None:
            self.wrong(name.span, no_relation(name, scope))
        return side

    def quantified(self, node: Call, scope: Scope) -> Where:
        if node.function == "count":
            sentence = "count(…) is a number; compare it: count(employees) >= 3."
            return self.wrong(node.span, told("not_compared", sentence, case="count"))
        side = self.side(node.names[0], scope)
        if side is None:
            return NOTHING
        inner = EVERYTHING if node.condition is None else self.where(node.condition, scope.beyond(side))
        return nested(scope.own(side.name), {QUANTIFIERS[node.function]: inner})

    def counted(self, node: Comparison, call: Call, scope: Scope) -> Where:
        side = self.side(call.names[0], scope)
        if side is None:
            return NOTHING
        of = {} if call.condition is None else {"where": self.where(call.condition, scope.beyond(side))}
        if node.operator not in _COUNTED:
            sentence = "Compare a count with =, !=, <, <=, > or >=."
            return self.wrong(node.span, told("bad_operator", sentence, case="count"))
        try:
            number = value_of(node.right, A_NUMBER, self.declared)
        except Wrong as error:
            return self.wrong(error.operand.span, error.problem)
        return nested(scope.own(side.name), {"count": {**of, node.operator: number}})

    def is_a(self, node: Call, scope: Scope) -> Where:
        (name,) = node.names
        kind = scope.model.types.get(str(name))
        if scope.kind is not None:
            sentence, of = "Here all are of the type {type}; write the condition without isA.", scope.kind.name
            return self.wrong(node.span, told("needless_type", sentence, type=of, ofType=of))
        if kind is None:
            return self.wrong(name.span, no_type(str(name), scope.model))
        inner = EVERYTHING if node.condition is None else self.where(node.condition, Scope(scope.model, kind))
        return nested(scope.own("is"), {kind.one: inner})

    def reaching(self, node: Reaching, scope: Scope) -> Where:
        relations = scope.model.relations
        for name in node.via:
            if str(name) not in relations:
                given, near = str(name)[:LONGEST_NAME], meant(str(name), [*relations])
                sentence = "There is no relation {name!r}; {near}"
                self.wrong(name.span, told("unknown_relation", sentence, case="condition", name=given, near=near))
        steps = node.within.value
        if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
            sentence = "Walk a whole number of links, at least 1."
            return self.wrong(node.within.span, told("bad_reach", sentence, case="steps"))
        via = {"via": [str(name) for name in node.via], "within": steps, "direction": node.direction.upper()}
        to = {} if node.condition is None else {"to": self.where(node.condition, Scope(scope.model, None))}
        return nested(scope.own("reach"), {**via, **to})

    # segments

    def segment(self, node: Segment, scope: Scope) -> Where:
        name = node.name.value
        known = self.segments.get(name) if isinstance(name, str) else None
        if known is None:
            given, near = str(name)[:LONGEST_NAME], meant(str(name), [*self.segments])
            sentence = "There is no saved query {name!r} that you may use; {near}"
            problem = told("unknown_segment", sentence, case="condition", name=given, near=near)
            return self.wrong(node.name.span, problem)
        if scope.kind is None or known.type_name != scope.kind.name:
            return self.wrong(node.name.span, of_other_type(str(name), known.type_name, scope))
        self.named.add(str(name))
        values = {str(each): self.argument(each, operand, known) for each, operand in node.arguments}
        for missing in sorted(known.required - values.keys()):
            sentence = "{name!r} needs a value for its parameter {parameter}."
            problem = told("missing_parameter", sentence, case="condition", name=str(name), parameter=missing)
            self.wrong(node.span, problem)
        return nested(scope.own("inSegment"), {"name": name, **({"parameters": values} if values else {})})

    def argument(self, name: Name, operand: Operand, of: Signature) -> Any:
        declared = of.parameters.get(str(name))
        if declared is None:
            given, near = str(name)[:LONGEST_NAME], meant(str(name), [*of.parameters])
            sentence = "There is no parameter {name!r}; {near}"
            return self.wrong(name.span, told("unknown_parameter", sentence, case="condition", name=given, near=near))
        try:
            return value_of(operand, expected_of(declared), self.declared)
        except Wrong as error:
            return self.wrong(error.operand.span, error.problem)
