"""Texts compared by their code points, as Neo4j's indexes and its ORDER BY put them, whatever plan is taken.

Neo4j compares a text that is stored with one that is given by their UTF-16 units, unless it seeks an index. There what
lies beyond U+FFFF, emoji among it, comes before U+E000 to U+FFFF, by code points behind it; all else is alike. So a text
is compared with the places where what is wanted begins and ends in the order of units: mostly with one, for each of
its high characters with two more.
"""

from __future__ import annotations

from itertools import islice

from cypher.ast import Arithmetic, Binary, Call, Expression, Literal, Param, Prop, Var, every
from cypher.ast.updates import Listed
from models.fields.kind import Operator

COMPARED = frozenset({Operator.LT, Operator.LTE, Operator.GT, Operator.GTE})
TEXT, BOUND, CEILING, TURNS = "text", "bound", "ceiling", "turns"
_LAST_LOW, _FIRST_HIGH, _LAST_HIGH = "\ud7ff", "\ue000", "\uffff"
_FIRST_BEYOND, _LAST_BEYOND = "\U00010000", "\U0010ffff"
_MOST = 64  # high characters looked at; texts that differ only behind so many are compared by units
_NEXT = {_LAST_LOW: _FIRST_BEYOND, _LAST_BEYOND: _FIRST_HIGH}  # elsewhere the units go on as the code points do


def operand(operator: Operator, text: str) -> dict[str, str | list[str]]:
    """The parameter that `holds` compares with: the text, a bound for the index, and where what is wanted turns."""
    least = text if operator in (Operator.GTE, Operator.LT) else text + "\0"
    turns = _from(least)
    if operator in (Operator.LT, Operator.LTE):
        turns = ["", *turns]
    return {TEXT: text, BOUND: _bound(text), CEILING: ceiling(text), TURNS: turns}


def holds(prop: Expression, operator: Operator, slot: str) -> Expression:
    """Whether a property compares so with the text in a parameter made for that operator; a missing one does not."""
    both = every((sought(prop, slot) if operator in (Operator.GT, Operator.GTE) else None, inside(prop, slot)))
    assert both is not None
    return both


def inside(prop: Expression, slot: str) -> Expression:
    """The same, asked of each property and sought in no index."""
    passed = Listed("t", Prop(Param(slot), TURNS), Binary(prop, ">=", Var("t")))
    return Binary(Arithmetic(Call("size", (passed,)), "%", Literal(2)), "=", Literal(1))


def sought(prop: Expression, slot: str) -> Expression:
    """What an index is sought by where a property shall be no less than the text in a parameter."""
    return Binary(prop, ">=", Prop(Param(slot), BOUND))


def sought_below(prop: Expression, slot: str) -> Expression:
    """What an index is sought by where a property shall be no greater than a text in a parameter that has a ceiling."""
    return Binary(prop, "<=", Prop(Param(slot), CEILING))


def ceiling(text: str) -> str:
    """A text that is no less than this one and all before it, in either order; empty where there is none such."""
    high = next((place for place, char in enumerate(text) if char > _LAST_LOW), None)
    if high is None:
        return text
    start = text[:high].rstrip(_LAST_LOW)
    return start[:-1] + chr(ord(start[-1]) + 1) if start else ""


def is_endless(value: object) -> bool:
    """Whether a value is a text that has no ceiling."""
    return isinstance(value, str) and value != "" and not ceiling(value)


def _from(text: str) -> list[str]:
    """Where the texts from this one on, by code points, begin and end, in the order of units; it begins outside."""
    before, after = list[str](), list[str]()
    high = (place for place, char in enumerate(text) if char > _LAST_LOW)
    for place in islice(high, _MOST):
        start = text[:place]
        if text[place] > _LAST_HIGH:  # what goes on with a high character comes before, but has greater units
            after = [start + _FIRST_HIGH, *_end(start), *after]
        else:  # what goes on beyond comes behind, but has smaller units
            before += [start + _FIRST_BEYOND, start + _FIRST_HIGH]
    return [*before, text, *after]


def _end(start: str) -> list[str]:
    """The first text, by units, behind all that start so; nothing where there is none."""
    start = start.rstrip(_LAST_HIGH)
    if not start:
        return []
    last = start[-1]
    return [start[:-1] + (_NEXT.get(last) or chr(ord(last) + 1))]


def _bound(text: str) -> str:
    """A text that is no greater than this one and all behind it, in either order."""
    high = next((place for place, char in enumerate(text) if char > _LAST_LOW), None)
    return text if high is None else text[:high] + _LAST_LOW
