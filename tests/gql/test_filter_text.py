"""Filters as text: what is printed from a typed filter means the same when it is read; faults say where they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_operations import Writer
from small_worlds import MODEL

from cypher import request
from gql.plan.filters import Filters
from gql.plan.given import Given
from gql.plan.slots import RequestTime, Slots
from gql.schema import build_schema, complete
from models.expressions import BadExpression, Fault, condition, printed

COMPANY = MODEL.types["Company"]
SCHEMA = complete(build_schema(MODEL, None))
NOON = RequestTime(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC))


def meaning(where: Any) -> Any:
    """A typed filter as a request, its values in the places of their parameters, without needless brackets."""
    slots = Slots()
    wanted = Filters(MODEL, slots).of_type(COMPANY, Given(where))
    return _plain(wanted, slots.fill({}, NOON))


def _plain(part: Any, values: dict[str, Any]) -> Any:
    if part is None:
        return ("all",)
    if isinstance(part, request.Every):
        parts = [_plain(each, values) for each in part.parts]
        flat = [inner for each in parts for inner in (each[1:] if each[0] == "all" else [each])]
        return flat[0] if len(flat) == 1 else ("all", *flat)
    if isinstance(part, request.Either):
        parts = [_plain(each, values) for each in part.parts]
        return parts[0] if len(parts) == 1 else ("any", *parts)
    if isinstance(part, request.OnLink):
        return _on_link(_plain(part.part, values))
    if isinstance(part, request.Filter):
        named = {field.name: getattr(part, field.name) for field in fields(part)}
        return (type(part).__name__, *(_value(name, each, values) for name, each in named.items()))
    return part


def _value(name: str, each: Any, values: dict[str, Any]) -> Any:
    if name in ("slot", "point", "south_west", "north_east"):
        return repr(values[each])
    if name in ("filter", "part"):
        return _plain(each, values)
    return getattr(each, "name", None) or repr(each)


def _on_link(found: Any) -> Any:
    """Asked of the link, part by part."""
    if found[0] in ("all", "any"):
        return (found[0], *map(_on_link, found[1:]))
    return ("Negated", _on_link(found[1])) if found[0] == "Negated" else ("link", found)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_typed_filter_means_the_same_when_it_is_printed_and_read_again(data: st.DataObject) -> None:
    writer = Writer(data.draw, SCHEMA, ["001-1"])
    where = writer._plain("where", SCHEMA.type_map["CompanyFilter"], 5)

    text = printed(where, MODEL, COMPANY)

    assert meaning(condition(text, MODEL, COMPANY).where) == meaning(where), text


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (
            "revenue > 1000 and name in ('Berlin', 'Tehran')",
            {"and": [{"revenue": {"gt": 1000}}, {"name": {"in": ["Berlin", "Tehran"]}}]},
        ),
        ("any(employees, role = 'CEO')", {"employees": {"some": {"link": {"role": {"eq": "CEO"}}}}}),
        ("all(employees, age >= 18)", {"employees": {"every": {"node": {"age": {"gte": 18}}}}}),
        ("none(employees)", {"employees": {"none": {"and": []}}}),
        (
            "count(employees, link.since during last year) >= 3",
            {"employees": {"count": {"where": {"link": {"since": {"during": "LAST_YEAR"}}}, "gte": 3}}},
        ),
        ("createdAt within last 30 days", {"createdAt": {"within": {"last": 30, "unit": "DAY"}}}),
        ("founded within next week", {"founded": {"within": {"next": 1, "unit": "WEEK"}}}),
        ("not active or mail is null", {"or": [{"not": {"active": {"eq": True}}}, {"mail": {"isNull": True}}]}),
        ("size between -1 and 2", {"size": {"between": {"from": -1, "to": 2}}}),
        ("name STARTS WITH 'z' IGNORING CASE", {"name": {"startsWithIgnoreCase": "z"}}),
        ("name = 'it''s'", {"name": {"eq": "it's"}}),
        ('name = "it\'s"', {"name": {"eq": "it's"}}),
        ("price.currency = 'EUR'", {"price": {"currency": ["EUR"]}}),
        ("insights.churn.risk > 0.5", {"insights": {"churn": {"risk": {"gt": 0.5}}}}),
        (
            "reach(OWNS within 2 both, isA(Thing, weight > 1))",
            {
                "reach": {
                    "via": ["OWNS"],
                    "within": 2,
                    "direction": "BOTH",
                    "to": {"is": {"thing": {"weight": {"gt": 1}}}},
                }
            },
        ),
        ("tags has any ('new', 'готово')", {"tags": {"hasAny": ["new", "готово"]}}),
    ],
)
def test_a_text_is_the_typed_filter_that_it_writes(text: str, where: Any) -> None:
    assert meaning(condition(text, MODEL, COMPANY).where) == meaning(where)


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "says"),
    [
        ("revenu > 5", "unknown_field", 1, 1, "did you mean revenue"),
        ("size > 1 and\n  nam = 'x'", "unknown_field", 2, 3, "did you mean name"),
        ("name contain 'x'", "unknown_comparison", 1, 6, "did you mean contains"),
        ("name = Berlin", "syntax_error", 1, 8, "'Berlin'"),
        ("name = 'x", "unclosed_text", 1, 8, "never closed"),
        ("(active", "syntax_error", 1, 8, "Expected ')', found the end"),
        ("any(employes)", "unknown_relation", 1, 5, "did you mean employees"),
        ("any(owners, age > 1)", "unknown_field", 1, 13, "isA(Type, …)"),
        ("employees = 3", "unknown_field", 1, 1, "count(employees)"),
        ("count(employees)", "not_compared", 1, 1, ">= 3"),
        ("founded > 'gestern'", "wrong_type", 1, 11, "2026-11-24"),
        ("stage in ('new', 'old')", "no_choice", 1, 18, "Give one of new"),
        ("price.currency = 'usd'", "bad_currency", 1, 18, "ISO 4217"),
        ("founded within last 3 hours", "no_time_of_day", 1, 16, "in days"),
        ("founded during last fortnight", "unknown_period", 1, 16, "last month"),
        ("active > true", "bad_operator", 1, 1, "boolean"),
        ("size > $least", "unknown_parameter", 1, 8, "$least"),
        ("segment('Big')", "unknown_segment", 1, 9, "Big"),
        ("reach(OWN within 2)", "unknown_relation", 1, 7, "did you mean OWNS"),
        ("reach(OWNS within 0)", "bad_reach", 1, 19, "at least 1"),
        ("isA(Company)", "needless_type", 1, 1, "without isA"),
        ("__import__('os')", "unknown_function", 1, 1, "known are"),
        ("name.__class__ = 'x'", "unknown_field", 1, 1, "known are"),
        ("size > 1; drop", "unknown_sign", 1, 9, "';'"),
        ("", "syntax_error", 1, 1, "Expected a field"),
        ("(" * 60 + "active", "too_deep", 1, 41, "40 deep"),
        ("active or " * 500 + "active", "too_long", 1, 1, "4,000"),
    ],
)
def test_a_fault_says_where_it_is_and_what_was_meant(text: str, code: str, line: int, column: int, says: str) -> None:
    with pytest.raises(BadExpression) as caught:
        condition(text, MODEL, COMPANY)

    (fault, *_) = caught.value.faults
    assert (fault.code, fault.line, fault.column) == (code, line, column)
    assert says in fault.message


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "revenu > 5",
            {"case": "of_type", "type": "Company", "name": "revenu", "near": {"close": ["revenue", "seen"]}},
        ),
        ("(active", {"case": "expected", "expected": "')'", "token": "end"}),
        ("size > ", {"case": "expected", "expected": "value", "token": "end"}),
        ("name starts 'x'", {"case": "expected", "expected": "with", "token": "'x'"}),
        ("stage = 'old'", {"given": "'old'"}),
        (
            "active > true",
            {"case": "kind", "kind": "boolean", "written": ">", "offered": ["=", "!=", "in", "not in", "is null"]},
        ),
        ("size > $least", {"case": "undeclared", "name": "$least"}),
    ],
)
def test_a_fault_comes_with_the_facts_of_its_sentence(text: str, details: dict[str, Any]) -> None:
    with pytest.raises(BadExpression) as caught:
        condition(text, MODEL, COMPANY)

    (fault,) = caught.value.faults
    assert fault.details | details == fault.details


def test_of_many_names_that_nothing_is_near_to_the_first_are_told() -> None:
    with pytest.raises(BadExpression) as caught:
        condition("zzz = 1", MODEL, COMPANY)

    (fault,) = caught.value.faults
    known = fault.details["near"]["known"]
    assert (len(known), known[-1], known[:8]) == (9, "…", sorted(known[:8]))
    assert f"known are {', '.join(known)}." in fault.message


def test_everything_that_is_not_of_the_model_is_told_at_once() -> None:
    with pytest.raises(BadExpression) as caught:
        condition("nam = 1 and siz = 2 or any(employes)", MODEL, COMPANY)

    assert [fault.column for fault in caught.value.faults] == [1, 13, 28]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab ()'\"$=<>.,-1andornotinany\n\0ё"), max_size=80))
def test_whatever_is_written_is_read_or_refused_with_words(text: str) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        condition(text, MODEL, COMPANY)
    except BadExpression as error:
        faults = error.faults

    assert all(fault.message and fault.line >= 1 and fault.column >= 1 for fault in faults)
