"""Filters printed as expressions: what is read again from the text means the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from models.expressions.conditions import QUANTIFIERS
from models.expressions.scopes import LINK, NODE, Scope
from models.expressions.values import NUMBERS, Parameter, scalar_of
from models.expressions.words import SIGN_OF, WORDS_OF
from models.fields.kind import CASELESS, LISTING, Operator
from models.metamodel import EntityType, Field, Metamodel, Side
from models.periods import Period
from models.scores import INSIGHTS

_FUNCTIONS = {key: word for word, key in QUANTIFIERS.items()}
_NUMBER = re.compile(
    r"-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,2})?\Z", re.ASCII
)  # anything else is told apart when it is read
Where = Mapping[str, Any]


def printed(where: Where, model: Metamodel, kind: EntityType, side: Side | None = None) -> str:
    """A filter of records of a type, in the form of the API's typed one, as an expression; `true` for an empty one.

    With `side` it is one of what is linked along that relation.
    """
    scope = Scope(model, kind)
    return _all(_parts(where, scope if side is None else scope.beyond(side)))


def _all(parts: Iterator[str] | list[str]) -> str:
    return " and ".join(parts) or "true"


def _parts(where: Where, scope: Scope) -> Iterator[str]:
    """The conditions of a filter, each to stand between `and`s."""
    for key, value in where.items():
        match key:
            case "and":
                yield from (each for part in value or () for each in _parts(part, scope))
            case "or":
                yield from _either(_parts(part, scope) for part in value) if value is not None else ()
            case "not" if value is not None:
                yield f"not {_grouped(_parts(value, scope))}"
            case _ if value is not None:
                yield from _entry(key, value, scope)


def _either(choices: Iterator[Iterator[str]]) -> Iterator[str]:
    """One condition that holds where any of several does."""
    parts = [_grouped(choice) for choice in choices]
    yield (parts[0] if len(parts) == 1 else f"({' or '.join(parts)})") if parts else "false"


def _grouped(parts: Iterator[str]) -> str:
    """Conditions that must all hold, as one."""
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"({_all(listed)})"


def _entry(key: str, value: Any, scope: Scope) -> Iterator[str]:
    if scope.side is not None:  # what leads to a link or to the record behind it
        yield from _linked(key, value, scope)
        return
    fields = scope.fields
    if key in fields:
        yield from _comparisons(key, fields[key], value)
    elif key == INSIGHTS:
        for engine, of_engine in value.items():
            for name, comparisons in (of_engine or {}).items():
                found = scope.meaning((INSIGHTS, engine, name))
                assert found is not None
                yield from _comparisons(f"{INSIGHTS}.{engine}.{name}", found.field, comparisons or {})
    elif key == "type":
        yield f"type in {_several(value)}"
    elif key == "is":
        yield from _either(iter([_is_a(scope, *entry)]) for entry in value.items())
    elif key == "reach":
        yield _reach(value, scope)
    elif key == "inSegment":
        yield _segment(value)
    else:
        yield from _related(key, value, scope)


def _linked(key: str, value: Where, scope: Scope) -> Iterator[str]:
    if key == NODE:
        yield from _parts(value, Scope(scope.model, scope.kind))
    else:
        assert key == LINK
        yield from _on_link(value, scope)


def _on_link(where: Where, scope: Scope) -> Iterator[str]:
    for key, value in where.items():
        if value is None:
            continue
        match key:
            case "and":
                yield from (each for part in value for each in _on_link(part, scope))
            case "or":
                yield from _either(_on_link(part, scope) for part in value)
            case "not":
                yield f"not {_grouped(_on_link(value, scope))}"
            case _:
                yield from _comparisons(f"link.{key}", scope.link_fields[key], value)


def _related(name: str, wanted: Where, scope: Scope) -> Iterator[str]:
    side = scope.sides[name]
    beyond = scope.beyond(side)
    for key, value in wanted.items():
        if key != "count":
            inner = _all(_parts(value or {}, beyond))
            yield f"{_FUNCTIONS[key]}({name})" if inner == "true" else f"{_FUNCTIONS[key]}({name}, {inner})"
            continue
        of = (value or {}).get("where")
        counted = f"count({name})" if of is None else f"count({name}, {_all(_parts(of, beyond))})"
        for operator, number in (value or {}).items():
            if operator != "where":
                yield _count(counted, operator, number)


def _count(counted: str, operator: str, number: Any) -> str:
    if number is None:  # a count is never missing
        return "false" if operator == "eq" else "true"
    return f"{counted} {SIGN_OF[operator]} {_value(number, number=True)}"


def _is_a(scope: Scope, name: str, where: Where | None) -> str:
    kind = scope.model.by_root_field[name]
    inner = _all(_parts(where or {}, Scope(scope.model, kind)))
    return f"isA({kind.name})" if inner == "true" else f"isA({kind.name}, {inner})"


def _reach(value: Where, scope: Scope) -> str:
    way = str(value.get("direction") or "OUT").lower()
    head = f"{', '.join(value['via'])} within {value['within']} {way}"
    inner = _all(_parts(value.get("to") or {}, Scope(scope.model, None)))
    return f"reach({head})" if inner == "true" else f"reach({head}, {inner})"


def _segment(value: Where) -> str:
    given = "".join(f", {name} = {_argument(each)}" for name, each in (value.get("parameters") or {}).items())
    return f"segment({_value(value['name'])}{given})"


def _argument(value: Any) -> str:
    numeric = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return _several(value) if isinstance(value, list) else _value(value, number=numeric)


# comparisons


def _comparisons(name: str, field: Field, wanted: Where) -> Iterator[str]:
    for key, value in wanted.items():
        if key == Operator.DISTANCE and value is not None:
            far = ((each, metres) for each, metres in value.items() if each != "from")
            yield from (_far(name, value["from"], SIGN_OF[each], metres) for each, metres in far)
        else:
            yield _comparison(name, field, key, value)


def _comparison(name: str, field: Field, key: str, value: Any) -> str:
    number = scalar_of(field) in NUMBERS
    if key == "currency":
        return f"{name}.currency in {_several(value)}"
    operator = Operator(key)
    if operator is Operator.IS_NULL or value is None:
        missing = value is not False if operator is Operator.IS_NULL else operator is Operator.EQ
        return f"{name} is {'' if missing else 'not '}null"
    match operator:
        case Operator.NEAR:
            return _far(name, value["point"], "<=", value["within"])
        case Operator.IN_BOX:
            return f"inBox({name}, {_degrees(value['southWest'])}, {_degrees(value['northEast'])})"
        case Operator.BETWEEN:
            return f"{name} between {_value(value['from'], number=number)} and {_value(value['to'], number=number)}"
        case Operator.WITHIN:
            return f"{name} within {_window(value)}"
        case Operator.DURING:
            return f"{name} during {Period(value).value.lower().replace('_', ' ')}"
    plain = CASELESS.get(operator, operator)
    sign = SIGN_OF.get(plain.value) or WORDS_OF[plain.value]
    shown = _several(value, number=number) if operator in LISTING else _value(value, number=number)
    return f"{name} {sign} {shown}{' ignoring case' if operator in CASELESS else ''}"


def _far(name: str, point: Where, sign: str, metres: Any) -> str:
    return f"distance({name}, {_degrees(point)}) {sign} {_value(metres, number=True)}"


def _degrees(point: Where) -> str:
    return f"{_value(point['latitude'], number=True)}, {_value(point['longitude'], number=True)}"


def _window(value: Where) -> str:
    word = "last" if value.get("last") is not None else "next"
    return f"{word} {_value(value[word], number=True)} {value['unit'].lower()}s"


def _several(values: Any, *, number: bool = False) -> str:
    if isinstance(values, Parameter):
        return f"${values.name}"
    listed = values if isinstance(values, list) else [values]
    return f"({', '.join(_value(each, number=number) for each in listed)})"


def _value(value: Any, *, number: bool = False) -> str:
    if isinstance(value, Parameter):
        return f"${value.name}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if number and _NUMBER.match(str(value)):
        return format(Decimal(str(value)), "f")
    return "'" + str(value).replace("'", "''") + "'"
