"""Comparisons checked against the fields they compare, and made into filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.errors import Problem, told
from models.expressions.faults import Fault, Span, fault
from models.expressions.refusals import no_field, no_type, not_comparing
from models.expressions.scopes import Meaning, Scope, Where, nested
from models.expressions.tree import (
    Calendar,
    Comparison,
    Constant,
    Given,
    Listing,
    Name,
    Placed,
    Window,
)
from models.expressions.values import (
    CURRENCIES,
    DEGREES,
    METRES,
    Declared,
    Wrong,
    expected,
    operators_of,
    period_of,
    value_of,
    window_of,
)
from models.fields.kind import Operator

NO_DAYS = ("HOUR", "MINUTE")
NOTHING: Where = {"or": []}
_FAR = frozenset({"lt", "lte", "gt", "gte"})


class Comparing:
    """Makes filters of what compares fields of a record; what is wrong with them is noted in `faults`."""

    def __init__(self, text: str, declared: Mapping[str, Declared]) -> None:
        self.text, self.declared = text, declared
        self.faults = list[Fault]()

    def wrong(self, span: Span, problem: Problem) -> Where:
        """Note a fault; what stands there holds nowhere, so that all the rest can be looked at."""
        self.faults.append(fault(self.text, span, problem))
        return NOTHING

    # fields

    def truth(self, name: Name, scope: Scope) -> Where:
        found = self.meaning(name, scope)
        if found is None:
            return NOTHING
        if found.field.kind != "boolean":
            sentence = "{name} is no yes-or-no field; compare it: {name} = …, or {name} is not null."
            return self.wrong(name.span, told("not_compared", sentence, case="field", name=str(name)))
        return nested(found.keys, {"eq": True})

    def meaning(self, name: Name, scope: Scope) -> Meaning | None:
        found = scope.meaning(name.path)
        if found is None:
            self.wrong(name.span, no_field(name, scope))
        return found

    def compared(self, node: Comparison, found: Meaning) -> Where:
        field, operator = found.field, Operator(node.operator)
        if operator not in operators_of(field):
            return self.wrong(node.span, not_comparing(node, field, operator, operators_of(field)))
        if isinstance(node.right, Constant) and node.right.value is None and operator in (Operator.EQ, Operator.NE):
            return nested(found.keys, {"isNull": operator is Operator.EQ})
        try:
            return nested(found.keys, {operator.value: self.operand(node, operator, found)})
        except Wrong as error:
            return self.wrong(error.operand.span, error.problem)

    def operand(self, node: Comparison, operator: Operator, found: Meaning) -> Any:
        match node.right:
            case Window(unit=unit) as window:
                if found.field.kind == "date" and unit in NO_DAYS:
                    sentence = "A day has no time; count in days or more, not in {unit}."
                    raise Wrong(window, told("no_time_of_day", sentence, unit=f"{unit.lower()}s"))
                return window_of(window, self.declared)
            case Calendar() as calendar:
                return period_of(calendar)
            case Constant(value) if operator is Operator.IS_NULL:
                return value
        if operator is not Operator.BETWEEN:
            return value_of(node.right, expected(found.field, operator), self.declared)
        assert node.second is not None
        return {
            name: value_of(end, expected(found.field, bound), self.declared)
            for name, end, bound in (("from", node.right, Operator.GTE), ("to", node.second, Operator.LTE))
        }

    def currency(self, node: Comparison, name: Name, scope: Scope) -> Where:
        found = scope.meaning(name.path[:-1])
        if found is None or found.field.kind != "money":
            sentence = "{name}: only fields of the kind money have a currency."
            return self.wrong(name.span, told("unknown_field", sentence, case="currency", name=str(name)))
        if node.operator not in ("eq", "in"):
            sentence = "Compare {name} with = or in."
            return self.wrong(node.span, told("bad_operator", sentence, case="currency", name=str(name)))
        right = node.right if node.operator == "in" else Listing((node.right,), node.right.span)  # type: ignore[arg-type]  # `=` takes one value
        try:
            return nested(found.keys, {"currency": value_of(right, CURRENCIES, self.declared)})
        except Wrong as error:
            return self.wrong(error.operand.span, error.problem)

    def of_types(self, node: Comparison, scope: Scope) -> Where:
        items = node.right.items if isinstance(node.right, Listing) else (node.right,)
        names = [each.value for each in items if isinstance(each, Constant) and isinstance(each.value, str)]
        if node.operator not in ("eq", "in") or len(names) != len(items):
            sentence = "Ask type = 'Company' or type in ('Company', 'Person')."
            return self.wrong(node.span, told("bad_operator", sentence, case="type"))
        for name in names:
            if name not in scope.model.types:
                return self.wrong(node.right.span, no_type(name, scope.model))
        return nested(scope.own("type"), names)

    # places

    def place(self, node: Placed, scope: Scope) -> Meaning | None:
        found = self.meaning(node.name, scope)
        if found is not None and found.field.kind != "geoPoint":
            sentence = "{name} is of the kind {kind}; {function}(…) asks of fields of the kind geoPoint."
            kind, name = found.field.kind, str(node.name)
            problem = told("bad_operator", sentence, case="place", name=name, kind=kind, function=node.function)
            self.wrong(node.name.span, problem)
            return None
        return found

    def far(self, node: Comparison, of: Placed, scope: Scope) -> Where:
        found = self.place(of, scope)
        if found is None:
            return NOTHING
        if node.operator not in _FAR:
            sentence = "Compare a distance with <, <=, > or >=."
            return self.wrong(node.span, told("bad_operator", sentence, case="distance"))
        try:
            whence, metres = self.point(of.degrees), value_of(node.right, METRES, self.declared)
        except Wrong as error:
            return self.wrong(error.operand.span, error.problem)
        return nested(found.keys, {"distance": {"from": whence, node.operator: metres}})

    def in_box(self, node: Placed, scope: Scope) -> Where:
        if node.function == "distance":
            sentence = "distance(…) is a number of metres; compare it: distance({name}, 41.0, 29.0) < 5 km."
            return self.wrong(node.span, told("not_compared", sentence, case="distance", name=str(node.name)))
        found = self.place(node, scope)
        if found is None:
            return NOTHING
        try:
            south_west, north_east = self.point(node.degrees[:2]), self.point(node.degrees[2:])
        except Wrong as error:
            return self.wrong(error.operand.span, error.problem)
        return nested(found.keys, {"inBox": {"southWest": south_west, "northEast": north_east}})

    def point(self, degrees: Sequence[Constant | Given]) -> dict[str, Any]:
        latitude, longitude = (
            value_of(each, wanted, self.declared) for each, wanted in zip(degrees, DEGREES, strict=True)
        )
        return {"latitude": latitude, "longitude": longitude}
