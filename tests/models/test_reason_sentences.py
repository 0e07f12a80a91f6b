"""Reasons in words: in three languages, filled with their facts, and never without a sentence."""

from __future__ import annotations

from string import Formatter

import pytest

from models.metamodel import EntityType, Field
from models.profiles import Role, Signal
from models.reason_texts import TEXTS
from models.reasons import feature, sentence


@pytest.mark.parametrize(
    ("code", "facts", "language", "text"),
    [
        ("silence", {"silent_days": 40.25}, "en", "Silent for 40.2 days"),
        ("own", {"risk": 0.457}, "ru", "Собственный риск 46\xa0%"),
        ("received", {"risk": 1, "share": 0.2}, "fa-IR", "از رکورد مرتبطی با خطر ۱۰۰٪ می‌آید"),
        ("silence", {"silent_days": 1234567.0}, "de", "Silent for 1,234,567 days"),
        ("silence", {"silent_days": 40.25}, "ru", "Нет контакта 40,2 дн."),
        ("silence", {"silent_days": 1234567.5}, "fa", "۱٬۲۳۴٬۵۶۸ روز بدون تماس"),
        (
            "action.prepare",
            {"on": "2026-11-26"},
            "en",
            "Prepare an offer: the next purchase is expected on 26 Nov 2026",
        ),
        ("action.prepare", {"on": "2026-11-26"}, "fa", "پیشنهادی آماده کنید: خرید بعدی برای ۱۴۰۵/۰۹/۰۵ پیش‌بینی شده"),
        ("silence", {}, "en", "Silence."),
        ("goneFishing", {"inDays": 3, "with": ("a", True, None)}, "en", "Gone fishing: in days 3; with a, yes, –."),
    ],
)
def test_a_sentence_is_filled_with_facts(code: str, facts: dict[str, object], language: str, text: str) -> None:
    assert sentence(code, facts, language) == text


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_code_has_a_sentence_in_each_language_with_the_same_facts(code: str) -> None:
    named = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in TEXTS[code].values()]

    assert TEXTS[code].keys() == {"en", "ru", "fa"}
    assert named[0] == named[1] == named[2]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("silent_days", ("Days of silence", "Дней без контакта", "روزهای بدون تماس")),
        ("count_90", ("Events in 90 days", "Событий за 90 дн.", "رویدادها در ۹۰ روز")),
        ("lateOrders_180", ("Late orders in 180 days", "Late orders за 180 дн.", "Late orders در ۱۸۰ روز")),
        ("something", ("something",) * 3),
    ],
)
def test_what_risk_is_learned_from_is_said_in_words(name: str, words: tuple[str, ...]) -> None:
    assert tuple(feature(name, language) for language in ("en", "ru", "fa")) == words


def test_a_signal_of_behaviour_is_called_by_its_label() -> None:
    labels = {"en": {"other": "visits"}, "ru": {"other": "визиты"}}
    signals = [Signal("calls", ("calls",), "Call", Role.CONTACT, labels=labels)]
    facts = {"name": "calls_180", "value": 0, "typical": 1}

    assert sentence("behaviour", facts, "ru", None, signals) == "Визиты за 180 дн.: 0, обычно 1"
    assert sentence("behaviour", facts, "fa", None, signals).startswith("Visits در ۱۸۰ روز")
    assert sentence("behaviour", facts, "en") == "Calls in 180 days: 0, typically 1"


def test_a_reason_from_behaviour_names_it_in_words() -> None:
    facts = {"name": "value_365", "value": 34783.0, "typical": 0.0}

    assert sentence("behaviour", facts, "en") == "Value of 365 days: 34,783, typically 0"


COMPANY = EntityType(
    name="Company",
    plural="Companies",
    fields={
        "size": Field(
            "size",
            "choice",
            {"en": {"other": "size of the company"}, "fa": {"other": "اندازه"}},
            options={"choices": [{"value": "s", "labels": {"en": "Small", "fa": "کوچک"}}]},
        ),
        "founded": Field("founded", "integer", options={"min": 1000, "max": 9999}),
        "since": Field("since", "date", {"en": {"other": "customer since"}}),
        "key": Field("key", "boolean", {"en": {"other": "key account"}, "ru": {"other": "ключевой клиент"}}),
    },
)


@pytest.mark.parametrize(
    ("code", "facts", "language", "text"),
    [
        (
            "often",
            {"field": "size", "choice": "s", "inside": 0.5, "lift": 2.0},
            "fa",
            "اندازه برای ۵۰٪ کوچک است، ۲ برابر همه",
        ),
        ("field", {"name": "founded", "value": 1987.0, "typical": 2001.0}, "en", "Founded is 1987, typically 2001"),
        (
            "field",
            {"name": "since", "value": 20783.0, "typical": None},
            "en",
            "Customer since is 26 Nov 2026, typically –",
        ),
        ("field", {"name": "key", "value": 1.0, "typical": 0.0}, "ru", "Ключевой клиент: да, обычно нет"),
        ("field", {"name": "gone", "value": 1.5, "typical": 0.0}, "en", "gone is 1.5, typically 0"),
    ],
)
def test_fields_are_called_by_their_labels(code: str, facts: dict[str, object], language: str, text: str) -> None:
    assert sentence(code, facts, language, COMPANY) == text
