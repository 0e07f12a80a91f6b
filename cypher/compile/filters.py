"""Filters into conditions: on fields, through relations to any depth, on links, and by count."""

from __future__ import annotations

from cypher import request, texts
from cypher.ast import (
    TRUE,
    And,
    Binary,
    Call,
    CountOf,
    Exists,
    Expression,
    HasLabel,
    IsNull,
    Item,
    ListOf,
    Match,
    Not,
    Or,
    Param,
    Prop,
    Query,
    Return,
    Var,
    every,
    some,
)
from cypher.compile.properties import compared, is_text, point, unrounded_distance
from cypher.compile.reach import reaches
from cypher.compile.scope import Scope
from models import system
from models.fields import kind_of
from models.fields.kind import CASELESS, Operator

_SIGNS = {
    Operator.EQ: "=",
    Operator.IN: "IN",
    Operator.LT: "<",
    Operator.LTE: "<=",
    Operator.GT: ">",
    Operator.GTE: ">=",
    Operator.STARTS_WITH: "STARTS WITH",
    Operator.ENDS_WITH: "ENDS WITH",
    Operator.CONTAINS: "CONTAINS",
    Operator.MATCHES: "=~",
}


def condition(scope: Scope, wanted: request.Filter | None, var: str, link: str = "") -> Expression | None:  # noqa: C901  # one case for each form
    """The condition on the record bound to `var` and the link that led to it; None when everything passes."""
    match wanted:
        case None:
            return None
        case request.Compare():
            return _compare(wanted, var)
        case request.Missing(field, missing):
            return IsNull(compared(var, field), negated=not missing)
        case request.CurrencyIs(field, slot):
            return Binary(Prop(Var(var), kind_of(field).columns(field)[1].key), "IN", Param(slot))
        case request.Distance(field, from_slot, operator, slot):
            return Binary(unrounded_distance(var, field, from_slot), _SIGNS[operator], Param(slot))
        case request.InBox(field, south_west, north_east):
            return Call("point.withinBBox", (compared(var, field), point(south_west), point(north_east)))
        case request.Every(parts):
            return every(condition(scope, part, var, link) for part in parts)
        case request.Either(parts):
            return some([condition(scope, part, var, link) for part in parts])
        case request.Negated(part):
            return Not(condition(scope, part, var, link) or TRUE)
        case request.IsType(slot):
            return Call("any", (_among(Call("labels", (Var(var),)), Param(slot)),))
        case request.OnLink(part):
            return condition(scope, part, link)
        case request.RelatedCount(side, operator, slot, counted_filter):
            pattern, in_force = scope.along(var, side, counted_link := scope.fresh("l"), counted := scope.fresh("m"))
            inner = condition(scope, counted_filter, counted, counted_link)
            links = Return((Item(Var(counted_link), ""),))
            number = CountOf(Query((Match((pattern,), every((in_force, inner))), links)))
            return Binary(number, "<>" if operator is Operator.NE else _SIGNS[operator], Param(slot))
        case request.Reach():
            return reaches(scope, wanted, var, lambda far: condition(scope, wanted.filter, far))
        case request.Is(kind, part):
            return every((HasLabel(Var(var), kind.name), condition(scope, part, var, link)))
        case request.Related():
            return _related(scope, wanted, var)


def pins_id(wanted: request.Filter | None) -> bool:
    """Whether a filter lets only records with certain ids through, so that the index on ids finds them."""
    match wanted:
        case request.Compare(field, operator):
            return field is system.ID and operator in (Operator.EQ, Operator.IN)
        case request.Every(parts):
            return any(map(pins_id, parts))
        case request.Either(parts):
            return bool(parts) and all(map(pins_id, parts))
        case request.Is(_, part):
            return pins_id(part)
    return False


def _related(scope: Scope, wanted: request.Related, var: str) -> Expression:
    link, far = scope.fresh("l"), scope.fresh("m")
    pattern, in_force = scope.along(var, wanted.side, link, far)
    inner = condition(scope, wanted.filter, far, link)
    if wanted.quantifier is request.Quantifier.EVERY:
        return Not(Exists(Query((Match((pattern,), every((in_force, Not(inner or TRUE)))),))))
    found = Exists(Query((Match((pattern,), every((in_force, inner))),)))
    return found if wanted.quantifier is request.Quantifier.SOME else Not(found)


def _compare(wanted: request.Compare, var: str) -> Expression:
    prop, operand = compared(var, wanted.field), Param(wanted.slot)
    if is_text(wanted.field) and wanted.operator in texts.COMPARED:
        return texts.holds(prop, wanted.operator, wanted.slot)
    if wanted.operator in CASELESS:
        return _caseless(prop, CASELESS[wanted.operator], operand)
    match wanted.operator:
        case Operator.NE:
            return Or((IsNull(prop), Binary(prop, "<>", operand)))
        case Operator.NOT_IN:
            return Or((IsNull(prop), And((Call("NOT ", (Binary(prop, "IN", operand),)),))))
        case Operator.HAS:
            return Binary(operand, "IN", prop)
        case Operator.HAS_ANY:
            return Call("any", (_among(operand, _or_nothing(prop)),))
        case Operator.HAS_ALL:
            return Call("all", (_among(operand, _or_nothing(prop)),))
        case _:
            return Binary(prop, _SIGNS[wanted.operator], operand)


def _caseless(prop: Expression, operator: Operator, operand: Expression) -> Expression:
    """Compared in capitals, which also make one of ς and σ, and of ß and ss."""
    capitals = Call("toUpper", (prop,))
    if operator is Operator.IN:
        same = Binary(Call("toUpper", (Var("x"),)), "=", capitals)
        return Call("any", (Binary(Binary(Var("x"), "IN", operand), "WHERE", same),))
    return Binary(capitals, _SIGNS[operator], Call("toUpper", (operand,)))


def _among(values: Expression, those: Expression) -> Expression:
    """What `any` and `all` ask of each value: that it is one of those."""
    return Binary(Binary(Var("x"), "IN", values), "WHERE", Binary(Var("x"), "IN", those))


def _or_nothing(values: Expression) -> Expression:
    return Call("coalesce", (values, ListOf(())))
