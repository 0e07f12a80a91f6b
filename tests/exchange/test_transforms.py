"""Values from cells: every form and step, what means nothing, and what is reported."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from exchange.mapping import parse
from exchange.transforms import Mend, Place, Sum, bind
from models.fields.kind import InvalidValue

COLUMNS = {"a": 0, "b": 1}
NULLS = frozenset({"", "NULL"})


def value(written: str, *cells: str, mended: Counter[Mend] | None = None) -> Any:
    """What a value of a mapping makes of cells a and b."""
    text = f"name: m\nsources: {{s: {{file: s.csv, records: {{r: {{type: T, key: [f], fields: {{f: {written}}}}}}}}}}}"
    (source,) = parse(text).sources
    place = Place("s", COLUMNS, NULLS, Counter() if mended is None else mended)
    return bind(source.records[0].fields["f"], "f", place)([*cells, "", ""])


@pytest.mark.parametrize(
    ("written", "cells", "result"),
    [
        ("a", (" x ",), "x"),
        ("a", ("NULL",), None),
        ("{value: 7}", (), 7),
        ("{template: '{a}-{b}'}", ("x", "y"), "x-y"),
        ("{template: '{a}-{b}'}", ("x", ""), None),
        ("{template: '{{{a}}}'}", ("x",), "{x}"),
        ("{join: [a, b], with: ', '}", ("x", "y"), "x, y"),
        ("{join: [a, b]}", ("NULL", "y"), "y"),
        ("{compute: 'a * b', round: 1}", ("0.5", "0.5"), "0.3"),
        ("{compute: 'a * b'}", ("0.5", ""), None),
        ("{column: a, replace: {'-': '', x: y}}", ("x-x",), "yy"),
        ("{column: a, extract: '#(.*)#'}", ("t#u#",), "u"),
        ("{column: a, extract: '[0-9]+'}", ("t42",), "42"),
        ("{column: a, extract: '[0-9]+'}", ("t",), None),
        ("{column: a, map: {'1': true}}", ("1",), True),
        ("{column: a, map: {'': none}}", ("",), "none"),
        ("{column: a, map: {x: y}}", ("",), None),
        ("{column: a, map: {x: y}, other: keep}", ("z",), "z"),
        ("{column: a, map: {x: y}, other: null}", ("z",), None),
        ("{column: a, map: {x: y}, other: {value: w}}", ("z",), "w"),
        ("{column: a, date: '%d.%m.%Y'}", ("25.11.2026",), dt.date(2026, 11, 25)),
        ("{column: a, date: '%Y-%m-%d %H:%M'}", ("2026-11-25 08:30",), dt.datetime(2026, 11, 25, 8, 30, tzinfo=dt.UTC)),
        (
            "{column: a, date: '%Y-%m-%dT%H:%M%z'}",
            ("2026-11-25T08:30+0300",),
            dt.datetime(2026, 11, 25, 5, 30, tzinfo=dt.UTC),
        ),
    ],
)
def test_a_value_is_what_its_form_and_steps_make_of_the_cells(
    written: str, cells: tuple[str, ...], result: Any
) -> None:
    assert value(written, *cells) == result


@pytest.mark.parametrize(
    ("written", "cell", "told"),
    [
        ("{column: a, map: {x: y}}", "z", r"'z' is not in the map \('x', …\); add it to the map"),
        ("{column: a, date: '%d.%m.%Y'}", "soon", r"'soon' is not written as %d\.%m\.%Y"),
        ("{compute: '1 / a'}", "0", r"1 / 0 has no value"),
        ("{compute: 'a + 1'}", "many", r"a: .*many"),
    ],
)
def test_a_cell_that_cannot_be_used_says_why(written: str, cell: str, told: str) -> None:
    with pytest.raises(InvalidValue, match=told):
        value(written, cell)


def test_a_map_with_report_counts_what_it_mended() -> None:
    mended: Counter[Mend] = Counter()

    for cell in ("GTXPro", "GTXPro", "GTK 500", "MG"):
        value("{column: a, map: {GTXPro: GTX Pro, MG: MG}, other: keep, report: true}", cell, mended=mended)

    assert mended == {Mend("s", "f", "GTXPro", "GTX Pro"): 2}


def test_a_sum_finds_its_total_by_the_key_of_the_row() -> None:
    text = "name: m\nsources: {s: {file: s.csv, records: {r: {type: T, key: [f], fields: {f: {sum: t, match: a, of: b}}}}}}"
    total = parse(text).sources[0].records[0].fields["f"]
    assert isinstance(total, Sum)
    place = Place("s", COLUMNS, NULLS, Counter(), {total: {"k": Decimal("1.50")}})

    evaluate = bind(total, "f", place)

    assert (evaluate(["k", ""]), evaluate(["l", ""])) == ("1.5", None)
