"""Every field kind as a table: what is taken and what it becomes, what is refused and with which code."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from models.fields import KINDS
from models.fields.geo_point import GeoPoint
from models.fields.kind import InvalidValue, Operator
from models.fields.money import Money
from models.metamodel import Field

CHOICES = {
    "choices": [{"value": "draft", "labels": {"en": "rough copy", "ru": {"one": "черновик"}}}, {"value": "sent"}]
}
RLM, ZWNJ, NBSP = "\u200f", "\u200c", "\u00a0"
UTC = dt.UTC


def field(kind: str, options: dict[str, Any] | None = None) -> Field:
    return Field("f", kind, options=options or {})


def numbered(rows: list[Any]) -> list[str]:
    """Short names for the rows of a table, whatever monsters they hold."""
    return [f"{row[0]}-{place}" for place, row in enumerate(rows)]


# kind, options, given, canonical value
TAKEN: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("text", {}, "  Ann  ", "Ann"),
    ("text", {}, "Cafe\u0301", "Café"),
    ("text", {}, f"می{ZWNJ}خواهم", f"می{ZWNJ}خواهم"),
    ("text", {}, "x" * 1000, "x" * 1000),
    ("text", {"pattern": "[A-Z]{2}-\\d+"}, "AB-12", "AB-12"),
    ("longText", {}, "one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ("longText", {}, "x" * 100_000, "x" * 100_000),
    ("integer", {}, 7, 7),
    ("integer", {}, "  -7 ", -7),
    ("integer", {}, 7.0, 7),
    ("integer", {}, "۱۲۳", 123),
    ("integer", {}, f"{RLM}١٢٣", 123),
    ("integer", {"max": 2**63 - 1}, str(2**63 - 1), 2**63 - 1),
    ("decimal", {}, "12.5", Decimal("12.50")),
    ("decimal", {}, "-0", Decimal("0.00")),
    ("decimal", {}, ".5", Decimal("0.50")),
    ("decimal", {}, "1e3", Decimal("1000.00")),
    ("decimal", {}, "1.500", Decimal("1.50")),
    ("decimal", {}, 0.1, Decimal("0.10")),
    ("decimal", {}, "۱۲٫۵", Decimal("12.50")),
    ("decimal", {"scale": 9}, "123456789.123456789", Decimal("123456789.123456789")),
    ("decimal", {"scale": 0}, "999999999999999999", Decimal(999999999999999999)),
    ("percent", {}, "12.5 %", Decimal("12.50")),
    ("percent", {}, "۱۲٪", Decimal("12.00")),
    ("percent", {}, 50, Decimal("50.00")),
    ("money", {"currency": "USD"}, "12.5", Money(Decimal("12.50"), "USD")),
    ("money", {}, {"amount": "12.5", "currency": "EUR"}, Money(Decimal("12.50"), "EUR")),
    ("money", {}, Money(Decimal(3), "RUB"), Money(Decimal("3.00"), "RUB")),
    ("money", {"scale": 4, "currency": "USD"}, {"amount": "1.2345"}, Money(Decimal("1.2345"), "USD")),
    ("boolean", {}, True, True),
    ("boolean", {}, False, False),
    ("date", {}, "2026-11-24", dt.date(2026, 11, 24)),
    ("date", {}, "۲۰۲۶-۱۱-۲۴", dt.date(2026, 11, 24)),
    ("date", {}, "0001-01-01", dt.date(1, 1, 1)),
    ("date", {}, "2024-02-29", dt.date(2024, 2, 29)),
    ("date", {"min": "2026-01-01"}, "2026-01-01", dt.date(2026, 1, 1)),
    ("dateTime", {}, "2026-11-24T09:30:00Z", dt.datetime(2026, 11, 24, 9, 30, tzinfo=UTC)),
    ("dateTime", {}, "2026-11-24 09:30+03:30", dt.datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
    ("dateTime", {}, "2026-11-24t09:30:00.5z", dt.datetime(2026, 11, 24, 9, 30, 0, 500_000, tzinfo=UTC)),
    # the hour that the clocks in Berlin show twice: the offset says which one is meant
    ("dateTime", {}, "2026-10-25T02:30:00+02:00", dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("dateTime", {}, "2026-10-25T02:30:00+01:00", dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("choice", CHOICES, "draft", "draft"),
    ("multiChoice", CHOICES, ["sent", "draft", "sent"], ("sent", "draft")),
    ("geoPoint", {}, {"latitude": 41.0082, "longitude": 28.9784}, GeoPoint(41.0082, 28.9784)),
    ("geoPoint", {}, {"latitude": -90, "longitude": Decimal(180)}, GeoPoint(-90.0, 180.0)),
    ("geoPoint", {}, {"type": "Point", "coordinates": [28.9784, 41.0082, 40]}, GeoPoint(41.0082, 28.9784)),
    ("geoPoint", {}, "41.0082, 28.9784", GeoPoint(41.0082, 28.9784)),
    ("geoPoint", {}, f"{RLM}۴۱٫۰۰۸۲ ۲۸٫۹۷۸۴", GeoPoint(41.0082, 28.9784)),
    ("geoPoint", {}, GeoPoint(0.1 + 0.2, 1e-7), GeoPoint(0.1 + 0.2, 1e-7)),
    ("email", {}, "Ann@EXAMPLE.org", "Ann@example.org"),
    ("email", {}, "ann@xn--e1afmkfd.xn--p1ai", "ann@пример.рф"),
    ("email", {}, f"{RLM}ann@example.org", "ann@example.org"),
    ("phone", {}, "+44 (0)20 7946-0018", "+442079460018"),
    ("phone", {}, "0044 20 7946 0018", "+442079460018"),
    ("phone", {}, "tel:+44-20-7946-0018", "+442079460018"),
    ("phone", {}, "\u202a+44 20 7946 0018\u202c", "+442079460018"),
    ("phone", {"region": "IR"}, "۰۲۱ ۱۲۳۴ ۵۶۷۸", "+982112345678"),
    ("phone", {"region": "RU"}, "8 (495) 123-45-67", "+74951234567"),
    ("url", {}, " HTTPS://Example.ORG/Path?q=1#part ", "https://example.org/Path?q=1#part"),
    ("url", {}, "https://пример.рф/", "https://пример.рф/"),
    ("url", {}, "http://[::1]:8000/", "http://[::1]:8000/"),
    ("url", {"schemes": ["ftp"]}, "ftp://example.org", "ftp://example.org"),
]

# kind, options, given, code
REFUSED: list[tuple[str, dict[str, Any], Any, str]] = [
    ("text", {}, "", "empty"),
    ("text", {}, "   ", "empty"),
    ("text", {}, f"{RLM}{ZWNJ}\u200b", "empty"),
    ("text", {}, "a\nb", "control_character"),
    ("text", {}, "a\u2028b", "control_character"),
    ("text", {}, "a\x00b", "control_character"),
    ("text", {}, "a\x1bb", "control_character"),
    ("text", {}, "a\ud800", "control_character"),
    ("text", {}, "harmless\u202efdp.exe", "control_character"),
    ("text", {}, "x" * 1001, "too_long"),
    ("text", {}, "x" * 1_000_000, "too_long"),
    ("text", {"minLength": 3}, "ab", "too_short"),
    ("text", {"pattern": "[A-Z]+"}, "AB1", "pattern"),
    ("text", {}, 5, "wrong_type"),
    ("text", {}, True, "wrong_type"),
    ("text", {}, ["a"], "wrong_type"),
    ("longText", {}, "a\x00b", "control_character"),
    ("longText", {"maxLength": 10}, "x" * 11, "too_long"),
    ("integer", {}, True, "wrong_type"),
    ("integer", {}, "", "wrong_type"),
    ("integer", {}, "12.5", "wrong_type"),
    ("integer", {}, 12.5, "wrong_type"),
    ("integer", {}, float("nan"), "wrong_type"),
    ("integer", {}, float("inf"), "wrong_type"),
    ("integer", {}, 1e300, "wrong_type"),
    ("integer", {}, "1e5", "wrong_type"),
    ("integer", {}, "0x10", "wrong_type"),
    ("integer", {}, "१२", "wrong_type"),
    ("integer", {}, "9" * 1_000_000, "wrong_type"),
    ("integer", {}, 10**6_000, "too_large"),
    ("integer", {}, 2**31, "too_large"),
    ("integer", {}, -(2**31) - 1, "too_small"),
    ("integer", {"min": 0}, -1, "too_small"),
    ("decimal", {}, True, "wrong_type"),
    ("decimal", {}, "NaN", "wrong_type"),
    ("decimal", {}, "sNaN", "wrong_type"),
    ("decimal", {}, "Infinity", "wrong_type"),
    ("decimal", {}, Decimal("NaN"), "wrong_type"),
    ("decimal", {}, float("nan"), "wrong_type"),
    ("decimal", {}, float("-inf"), "wrong_type"),
    ("decimal", {}, "1,5", "wrong_type"),
    ("decimal", {}, "1_000", "wrong_type"),
    ("decimal", {}, "1e999999999", "wrong_type"),
    ("decimal", {}, Decimal("1e999999"), "wrong_type"),
    ("decimal", {}, "1e99", "too_large"),
    ("decimal", {}, 10**6_000, "too_large"),
    ("decimal", {}, "9" * 1_000_000, "wrong_type"),
    ("decimal", {}, "1.005", "too_precise"),
    ("decimal", {}, "0.10000000000000000000000000000000000001", "too_precise"),
    ("decimal", {}, 0.1 + 0.2, "too_precise"),
    ("decimal", {}, "1e-99", "too_precise"),
    ("decimal", {"scale": 0}, "1000000000000000000", "too_large"),
    ("decimal", {"max": 10}, "10.01", "too_large"),
    ("decimal", {"min": "0.5"}, "0.49", "too_small"),
    ("percent", {"max": 100}, "100.01%", "too_large"),
    ("percent", {}, "half", "wrong_type"),
    ("money", {}, "12.50", "no_currency"),
    ("money", {}, {"amount": "1", "currency": "XYZ"}, "bad_currency"),
    ("money", {}, {"amount": "1", "currency": "usd"}, "bad_currency"),
    ("money", {}, {"amount": "1", "currency": ["USD"]}, "bad_currency"),
    ("money", {"currency": "USD"}, {"amount": "1", "currency": "EUR"}, "other_currency"),
    ("money", {"currency": "USD"}, {"amount": None}, "wrong_type"),
    ("money", {"currency": "USD"}, {}, "wrong_type"),
    ("money", {"currency": "USD"}, {"amount": True}, "wrong_type"),
    ("boolean", {}, "true", "wrong_type"),
    ("boolean", {}, 1, "wrong_type"),
    ("date", {}, "24.11.2026", "wrong_type"),
    ("date", {}, "2026-W01-1", "wrong_type"),
    ("date", {}, "20261124", "wrong_type"),
    ("date", {}, "10000-01-01", "wrong_type"),
    ("date", {}, "0000-01-01", "no_day"),
    ("date", {}, "2026-02-29", "no_day"),
    ("date", {}, 20261124, "wrong_type"),
    ("date", {}, dt.datetime(2026, 1, 1, tzinfo=UTC), "wrong_type"),
    ("date", {"min": "2026-01-01"}, "2025-12-31", "too_small"),
    ("date", {"max": "2026-01-01"}, "2026-01-02", "too_large"),
    ("dateTime", {}, "2026-11-24T09:30:00", "no_offset"),
    ("dateTime", {}, dt.datetime(2026, 1, 1), "no_offset"),  # noqa: DTZ001 - a moment without an offset is the case
    ("dateTime", {}, "2026-11-24", "wrong_type"),
    ("dateTime", {}, "2026-11-24x09:30:00Z", "wrong_type"),
    ("dateTime", {}, "2026-W48-2T09:30:00Z", "wrong_type"),
    ("dateTime", {}, 1_800_000_000, "wrong_type"),
    ("dateTime", {}, "2016-12-31T23:59:60Z", "leap_second"),
    ("dateTime", {}, "2026-11-24T24:30:00Z", "no_moment"),
    ("dateTime", {}, "2026-11-24T09:30:00+99:00", "no_moment"),
    ("dateTime", {}, "0000-01-01T00:00:00Z", "no_moment"),
    ("dateTime", {}, "0001-01-01T00:00:00+01:00", "too_large"),
    ("dateTime", {}, "9999-12-31T23:30:00-01:00", "too_large"),
    ("dateTime", {"max": "2026-01-01T00:00:00Z"}, "2026-01-01T00:00:01Z", "too_large"),
    ("choice", CHOICES, "Draft", "no_choice"),
    ("choice", CHOICES, "", "no_choice"),
    ("choice", CHOICES, 10**6_000, "no_choice"),
    ("choice", CHOICES, ["draft"], "no_choice"),
    ("choice", CHOICES, "x" * 1_000_000, "no_choice"),
    ("multiChoice", CHOICES, "draft", "wrong_type"),
    ("multiChoice", CHOICES, [], "empty"),
    ("multiChoice", CHOICES, ["draft", "gone"], "no_choice"),
    ("multiChoice", CHOICES, ["draft"] * 1_001, "wrong_type"),
    ("geoPoint", {}, "Istanbul", "wrong_type"),
    ("geoPoint", {}, "41,0082", "wrong_type"),
    ("geoPoint", {}, {"latitude": 41}, "wrong_type"),
    ("geoPoint", {}, {"latitude": "41", "longitude": 29}, "wrong_type"),
    ("geoPoint", {}, {"latitude": True, "longitude": 29}, "wrong_type"),
    ("geoPoint", {}, {"latitude": 141.2, "longitude": 29}, "out_of_range"),
    ("geoPoint", {}, {"latitude": float("nan"), "longitude": 29}, "out_of_range"),
    ("geoPoint", {}, {"latitude": 10**400, "longitude": 29}, "out_of_range"),
    ("geoPoint", {}, {"type": "Polygon", "coordinates": [[1, 2]]}, "wrong_type"),
    ("geoPoint", {}, {"type": "Point", "coordinates": [28.9784]}, "wrong_type"),
    ("geoPoint", {}, '{"type": "Point"', "wrong_type"),
    ("geoPoint", {}, "-41 N, 29 E", "two_signs"),
    ("email", {}, "ann", "bad_email"),
    ("email", {}, "ann@", "bad_email"),
    ("email", {}, "a b@example.org", "bad_email"),
    ("email", {}, "ann@example..org", "bad_email"),
    ("email", {}, "ann@[127.0.0.1]", "bad_email"),
    ("email", {}, "ann@example.org\nbcc: all@example.org", "control_character"),
    ("email", {}, "a" * 300 + "@example.org", "too_long"),
    ("phone", {}, "020 7946 0018", "bad_phone"),
    ("phone", {}, "hello", "bad_phone"),
    ("phone", {}, "+1", "bad_phone"),
    ("phone", {}, "+44" + "1" * 50, "bad_phone"),
    ("phone", {}, "+44 20 7946 0018 ext. 5", "extension"),
    ("url", {}, "example.org", "bad_url"),
    ("url", {}, "//example.org", "bad_url"),
    ("url", {}, "https://", "bad_url"),
    ("url", {}, "javascript:alert(1)", "bad_url"),
    ("url", {}, "JavaScript://example.org/%0aalert(1)", "bad_url"),
    ("url", {}, "java\tscript:alert(1)", "bad_url"),
    ("url", {}, "data:text/html,<script>", "bad_url"),
    ("url", {}, "https://ann:secret@example.org", "bad_url"),
    ("url", {}, "https://example.org\\@evil.example", "bad_url"),
    ("url", {}, "https://<script>", "bad_url"),
    ("url", {}, "https://example.org/a b", "bad_url"),
    ("url", {}, "https://a..b", "bad_url"),
    ("url", {}, "https://[::1", "bad_url"),
    ("url", {}, "https://example.org:99999", "bad_url"),
    ("url", {}, "https://example.org/" + "x" * 2048, "too_long"),
]

# kind, options, canonical value, the same in English, Russian and Persian
SHOWN: list[tuple[str, dict[str, Any], Any, tuple[str, str, str]]] = [
    ("text", {}, "Ann", ("Ann", "Ann", "Ann")),
    ("longText", {}, "a\nb", ("a\nb", "a\nb", "a\nb")),
    ("integer", {}, -1234567, ("-1,234,567", f"-1{NBSP}234{NBSP}567", "-۱٬۲۳۴٬۵۶۷")),
    ("decimal", {}, Decimal("1234.50"), ("1,234.5", f"1{NBSP}234,5", "۱٬۲۳۴٫۵")),
    ("percent", {}, Decimal("12.50"), ("12.5%", f"12,5{NBSP}%", "۱۲٫۵٪")),
    ("money", {}, Money(Decimal("1234.50"), "USD"), ("$1,234.50", f"1{NBSP}234,50{NBSP}$", f"\u200e${NBSP}۱٬۲۳۴٫۵۰")),
    ("money", {"scale": 4}, Money(Decimal("1.2345"), "USD"), ("$1.2345", f"1,2345{NBSP}$", f"\u200e${NBSP}۱٫۲۳۴۵")),
    ("money", {}, Money(Decimal("1200.00"), "JPY"), ("¥1,200", f"1{NBSP}200{NBSP}¥", f"\u200e¥{NBSP}۱٬۲۰۰")),
    ("boolean", {}, True, ("yes", "да", "بله")),
    ("boolean", {}, False, ("no", "нет", "خیر")),
    ("date", {}, dt.date(2026, 11, 24), ("Nov 24, 2026", "24 нояб. 2026\u202fг.", "۲۴ نوامبر ۲۰۲۶")),
    (
        "dateTime",
        {},
        dt.datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        ("Nov 24, 2026, 9:30:00\u202fAM", "24 нояб. 2026\u202fг., 09:30:00", "۲۴ نوامبر ۲۰۲۶،\u200f ۹:۳۰:۰۰"),
    ),
    ("choice", CHOICES, "draft", ("rough copy", "черновик", "rough copy")),
    ("choice", CHOICES, "sent", ("sent", "sent", "sent")),
    ("multiChoice", CHOICES, ("draft", "sent"), ("rough copy, sent", "черновик, sent", "rough copy، sent")),
    (
        "geoPoint",
        {},
        GeoPoint(41.0082, -28.9784),
        ("41.0082° N, 28.9784° W", "41,0082° с. ш., 28,9784° з. д.", "۴۱٫۰۰۸۲° شمالی، ۲۸٫۹۷۸۴° غربی"),
    ),
    ("email", {}, "ann@example.org", ("ann@example.org",) * 3),
    ("phone", {}, "+442079460018", ("+44 20 7946 0018",) * 3),
    ("url", {}, "https://example.org", ("https://example.org",) * 3),
]

# kind, options, filter operand, query parameter
COMPARED: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("text", {"maxLength": 3}, "Cafe\u0301", "Café"),
    ("longText", {}, "a", "a"),
    ("integer", {"max": 10}, "11", 11),
    ("decimal", {"max": 10}, "10.01", 1001),
    ("percent", {}, "12.5%", 1250),
    ("money", {"currency": "USD"}, "12.5", 1250),
    ("money", {"currency": "USD"}, {"amount": "12.5", "currency": "USD"}, 1250),
    ("boolean", {}, True, True),
    ("date", {"min": "2026-01-01"}, "2025-01-01", dt.date(2025, 1, 1)),
    ("dateTime", {}, "2026-11-24T09:30+01:00", dt.datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
    ("choice", CHOICES, "draft", "draft"),
    ("multiChoice", CHOICES, "draft", "draft"),
    ("geoPoint", {}, {"latitude": 41, "longitude": 29}, {"latitude": 41.0, "longitude": 29.0}),
    ("email", {}, "Ann@EXAMPLE.org", "Ann@example.org"),
    ("url", {}, "HTTPS://Example.ORG/A", "https://example.org/A"),
    ("url", {}, "Example.ORG", "Example.ORG"),
    ("phone", {}, "+44 20 7946 0018", "+442079460018"),
    ("phone", {}, "7946 0018", "79460018"),
    ("url", {}, "https://", "https://"),
]

# kind, options, filter operand, code
NOT_COMPARED: list[tuple[str, dict[str, Any], Any, str]] = [
    ("text", {}, 5, "wrong_type"),
    ("integer", {}, 2**63, "too_large"),
    ("integer", {}, "9" * 23, "too_large"),
    ("integer", {}, True, "wrong_type"),
    ("decimal", {}, "many", "wrong_type"),
    ("money", {"currency": "USD"}, {"amount": "1", "currency": "EUR"}, "other_currency"),
    ("money", {}, {"amount": "1", "currency": "???"}, "bad_currency"),
    ("boolean", {}, "yes", "wrong_type"),
    ("date", {}, "yesterday", "wrong_type"),
    ("dateTime", {}, "2026-11-24T09:30", "no_offset"),
    ("choice", CHOICES, 1, "wrong_type"),
    ("choice", CHOICES, "gone", "no_choice"),
    ("multiChoice", CHOICES, "gone", "no_choice"),
    ("multiChoice", CHOICES, ["draft"], "wrong_type"),
    ("geoPoint", {}, {"latitude": 29, "longitude": 200}, "out_of_range"),
    ("phone", {}, 4420, "wrong_type"),
]

# kind, options, cell of a file, canonical value
PARSED: list[tuple[str, dict[str, Any], str, Any]] = [
    ("integer", {}, "1,234", 1234),
    ("integer", {}, f"1{NBSP}234", 1234),
    ("decimal", {}, "1,234.5", Decimal("1234.50")),
    ("decimal", {}, "۱٬۲۳۴٫۵", Decimal("1234.50")),
    ("percent", {}, "15 %", Decimal("15.00")),
    ("money", {}, "1,234.50 EUR", Money(Decimal("1234.50"), "EUR")),
    ("money", {}, "$1,234.50", Money(Decimal("1234.50"), "USD")),
    ("money", {"currency": "RUB"}, "1 234", Money(Decimal("1234.00"), "RUB")),
    ("money", {}, "۱۲٫۵ ﷼", Money(Decimal("12.50"), "IRR")),
    ("boolean", {}, " YES ", True),
    ("boolean", {}, "Нет", False),
    ("boolean", {}, "بله", True),
    ("boolean", {}, "0", False),
    ("multiChoice", CHOICES, "sent; draft;", ("sent", "draft")),
    ("geoPoint", {}, "41.0082;28.9784", GeoPoint(41.0082, 28.9784)),
    ("geoPoint", {}, "(33.86° S, 151.21° E)", GeoPoint(-33.86, 151.21)),
    ("geoPoint", {}, '{"type": "Point", "coordinates": [28.9784, 41.0082]}', GeoPoint(41.0082, 28.9784)),
]

# a decimal comma must never become a thousands separator: 12,50 is not 1250
NOT_PARSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("decimal", {}, "12,50", "wrong_type"),
    ("decimal", {}, "1.234,50", "wrong_type"),
    ("integer", {}, "1,23", "wrong_type"),
    ("money", {"currency": "USD"}, "12,50", "wrong_type"),
    ("money", {"currency": "USD"}, "1.234,50", "wrong_type"),
    ("money", {"currency": "USD"}, "€5", "other_currency"),
    ("money", {"currency": "USD"}, "five", "wrong_type"),
    ("boolean", {}, "perhaps", "wrong_type"),
    ("boolean", {}, "x" * 1_000_000, "wrong_type"),
    ("multiChoice", CHOICES, " ; ", "empty"),
    ("geoPoint", {}, "41,0082 28,9784", "wrong_type"),
    ("geoPoint", {}, "141.0082, 28.9784", "out_of_range"),
]


@pytest.mark.parametrize(("kind", "options", "given", "value"), TAKEN, ids=numbered(TAKEN))
def test_what_is_taken_becomes_its_canonical_value(kind: str, options: dict[str, Any], given: Any, value: Any) -> None:
    coerced = KINDS[kind].coerce(field(kind, options), given)

    assert coerced == value
    assert type(coerced) is type(value)


@pytest.mark.parametrize(("kind", "options", "given", "code"), REFUSED, ids=numbered(REFUSED))
def test_what_is_refused_says_how_to_mend_it(kind: str, options: dict[str, Any], given: Any, code: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        KINDS[kind].coerce(field(kind, options), given)

    assert refusal.value.code == code
    assert 10 < len(refusal.value.message) < 300
    assert refusal.value.message.endswith((".", "!"))


@pytest.mark.parametrize(("kind", "options", "given", "value"), TAKEN, ids=numbered(TAKEN))
def test_a_value_survives_coercion_storage_and_files(
    kind: str, options: dict[str, Any], given: Any, value: Any
) -> None:
    known = field(kind, options)
    one = KINDS[kind]

    assert one.coerce(known, value) == value
    assert one.parse(known, one.export(known, value)) == value
    assert list(one.to_store(known, value)) == [column.key for column in one.columns(known)]


@pytest.mark.parametrize(("kind", "options", "value", "texts"), SHOWN, ids=numbered(SHOWN))
def test_a_value_is_shown_in_three_languages(
    kind: str, options: dict[str, Any], value: Any, texts: tuple[str, str, str]
) -> None:
    assert tuple(KINDS[kind].show(field(kind, options), value, language) for language in ("en", "ru", "fa")) == texts


@pytest.mark.parametrize(("kind", "options", "given", "parameter"), COMPARED, ids=numbered(COMPARED))
def test_a_filter_operand_is_looser_than_a_value(
    kind: str, options: dict[str, Any], given: Any, parameter: Any
) -> None:
    assert KINDS[kind].to_compare(field(kind, options), given) == parameter


@pytest.mark.parametrize(("kind", "options", "given", "code"), NOT_COMPARED, ids=numbered(NOT_COMPARED))
def test_a_filter_operand_of_the_wrong_sort_is_refused(
    kind: str, options: dict[str, Any], given: Any, code: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        KINDS[kind].to_compare(field(kind, options), given)

    assert refusal.value.code == code


@pytest.mark.parametrize(("kind", "options", "cell", "value"), PARSED, ids=numbered(PARSED))
def test_a_cell_may_be_written_in_several_ways(kind: str, options: dict[str, Any], cell: str, value: Any) -> None:
    assert KINDS[kind].parse(field(kind, options), cell) == value


@pytest.mark.parametrize(("kind", "options", "cell", "code"), NOT_PARSED, ids=numbered(NOT_PARSED))
def test_a_cell_that_may_mean_two_things_is_refused(kind: str, options: dict[str, Any], cell: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        KINDS[kind].parse(field(kind, options), cell)

    assert refusal.value.code == code


def test_every_table_speaks_of_every_kind() -> None:
    assert {row[0] for row in TAKEN} == set(KINDS)
    assert {row[0] for row in REFUSED} == set(KINDS)
    assert {row[0] for row in SHOWN} == set(KINDS)
    assert {row[0] for row in COMPARED} == set(KINDS)


def test_there_are_fifteen_kinds() -> None:
    assert len(KINDS) == 15


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("drat", "Near: draft."),
        ("DRAFT", "Near: draft."),
        ("Черновик", "Near: draft."),
        ("zzz", "Give one of draft, sent."),
    ],
)
def test_a_choice_that_is_missed_names_the_near_ones(given: str, near: str) -> None:
    with pytest.raises(InvalidValue, match=near):
        KINDS["choice"].coerce(field("choice", CHOICES), given)


MONSTERS = {
    "null": None,
    "mapping": {},
    "list": [],
    "object": object(),
    "bytes": b"bytes",
    "nested": {"amount": {"amount": 1}},
    "lists": [[]],
    "huge number": 10**6_000,
    "half a pair": "\ud800",
    "override": "\u202e",
    "not a number": float("nan"),
    "a million digits": "9" * 10**6,
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("name", MONSTERS)
def test_nothing_hostile_gets_further_than_a_refusal(kind: str, name: str) -> None:
    options = CHOICES if "hoice" in kind else {}
    if (kind, name) == ("longText", "a million digits"):
        options = {"maxLength": 10}

    with pytest.raises(InvalidValue) as refusal:
        KINDS[kind].coerce(field(kind, options), MONSTERS[name])

    assert len(refusal.value.message) < 300


@pytest.mark.parametrize(
    ("given", "operator", "units"),
    [
        ("1.005", "gt", 100),
        ("1.005", "lte", 100),
        ("1.005", "lt", 101),
        ("1.005", "gte", 101),
        ("-1.005", "gt", -101),
        ("-1.005", "gte", -100),
        ("1.005", "eq", 10**18),
        ("1.005", "in", 10**18),
        ("1e40", "lt", 10**18),
        ("-1e40", "gte", -(10**18)),
    ],
)
def test_an_operand_between_two_stored_numbers_compares_as_itself(given: str, operator: str, units: int) -> None:
    for kind in ("decimal", "money"):
        assert KINDS[kind].to_compare(field(kind, {}), given, Operator(operator)) == units


@pytest.mark.parametrize(
    ("stored", "answered"),
    [
        (0, 0),
        (2**53 - 1, 2**53 - 1),
        (2**53, "9007199254740992"),
        (2**63 - 1, "9223372036854775807"),
        (-(2**53) + 1, -(2**53) + 1),
        (-(2**53), "-9007199254740992"),
        (-(2**63), "-9223372036854775808"),
    ],
)
def test_a_whole_number_that_json_readers_round_is_answered_as_its_digits(stored: int, answered: Any) -> None:
    wide = field("integer", {"min": -(2**63), "max": 2**63 - 1})

    shown = KINDS["integer"].from_store(wide, stored)

    assert (shown, type(shown)) == (answered, type(answered))
    assert KINDS["integer"].coerce(wide, shown) == stored
