"""Sentences that expressions are refused with, where one of several fits; each with its facts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.errors import Problem, Word, told
from models.expressions.faults import meant
from models.expressions.scopes import Scope
from models.expressions.tokens import Token
from models.expressions.tree import Comparison, Name
from models.expressions.words import all_written, written
from models.fields.kind import Operator
from models.metamodel import Field, Metamodel

LONGEST_NAME = 80  # that a sentence repeats
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "end": "and, or, or the end",
        "condition": "a field, a function such as any(…), or not",
        "name": "a name",
        "comparison": "a comparison such as in, between or contains",
        "number": "a number",
        "value": "a value: a text in quotes, a number, true, false, null or a $parameter",
        "window": "last or next, as in: within last 30 days",
        "unit": "days, weeks, months, quarters, years, hours or minutes",
        "steps": "within and a number of links, as in: reach(OWNS within 3, …)",
    }
)


def expected(what: str, found: Token) -> Problem:
    """Something else stands where one of `EXPECTED` must, or a word or sign of the language."""
    known = EXPECTED.get(what)
    wanted = Word(what, known) if known else what if what.isalpha() else repr(what)
    sentence = "Expected {expected}, found {token}."
    return told("syntax_error", sentence, case="expected", expected=wanted, token=found.shown())


def no_field(name: Name, scope: Scope) -> Problem:
    """A name means no field of the record."""
    given, near = str(name)[:LONGEST_NAME], meant(str(name), scope.names())
    if str(name) in scope.sides:
        sentence = "{name} is a relation; ask any({name}, …), all, none or count({name}) of it."
        return told("unknown_field", sentence, case="relation", name=str(name))
    if scope.kind is not None:
        sentence, of = "{type} has no field {name!r}; {near}", scope.kind.name
        return told("unknown_field", sentence, case="of_type", type=of, ofType=of, name=given, near=near)
    sentence = "a record of any type has no field {name!r}; {near}"
    if scope.side is None:
        return told("unknown_field", sentence, case="of_any", name=given, near=near)
    sentence += " Fields of a type are asked with isA(Type, …)."
    return told("unknown_field", sentence, case="of_any_far", name=given, near=near)


def no_relation(name: Name, scope: Scope) -> Problem:
    """A name means no relation that can be walked from the record."""
    if scope.kind is None:
        sentence = "Which relations a record has depends on its type; write isA(Type, any({name}, …))."
        return told("unknown_relation", sentence, case="of_any", name=str(name))
    sentence, of = "{type} has no relation {name!r}; {near}", scope.kind.name
    given, near = str(name)[:LONGEST_NAME], meant(str(name), [*scope.sides])
    return told("unknown_relation", sentence, case="of_type", type=of, ofType=of, name=given, near=near)


def no_type(name: str, model: Metamodel) -> Problem:
    """The model has no type of the name."""
    given, near = name[:LONGEST_NAME], meant(name, [*model.types])
    return told("unknown_type", "There is no type {name!r}; {near}", case="condition", name=given, near=near)


def not_comparing(node: Comparison, field: Field, operator: Operator, offered: frozenset[Operator]) -> Problem:
    """A field's kind has no such comparison. Beside names of the API the facts hold what people write."""
    return told(
        "bad_operator",
        "{name} is of the kind {kind}, which does not compare with {operator}; it knows {known}.",
        case="kind",
        name=str(node.left),
        kind=field.kind,
        operator=operator.value,
        known=sorted(each.value for each in offered),
        written=written(operator),
        offered=all_written(offered),
    )


def of_other_type(name: str, type_name: str, scope: Scope) -> Problem:
    """A saved query asks for records of another type."""
    if scope.kind is None:
        sentence = "{name!r} is a question to records of the type {type}, not to a record of any type."
        return told("wrong_segment", sentence, case="of_any", name=name, type=type_name, ofType=type_name)
    sentence = "{name!r} is a question to records of the type {type}, not to {what}."
    return told(
        "wrong_segment", sentence, case="of_type", name=name, type=type_name, ofType=type_name, what=scope.kind.name
    )
