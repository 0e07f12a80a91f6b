"""Addresses of the common form are read without the library, which would say the same of them."""

from __future__ import annotations

from typing import Any

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from models.fields import email, kind_of
from models.fields.email import _plain
from models.fields.kind import InvalidValue
from models.metamodel import Field

FIELD = Field("email", "email")
PIECES = (
    "a",
    "Ann",
    "9",
    "-",
    "--",
    "_",
    "+",
    ".",
    "@",
    "xn--",
    "test",
    "local",
    "Postmaster",
    "info",
    "arpa",
    "COM",
    "é",
)
ADDRESSES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
LONG = st.tuples(st.integers(1, 260), st.integers(1, 70), st.integers(1, 10), st.sampled_from(["a", "a-b", "Z9"])).map(
    lambda sizes: f"{'l' * sizes[0]}@{'.'.join([sizes[3] * sizes[1]] * sizes[2])}.org"
)


def verdict(text: str) -> str | None:
    """What the library makes of an address; None when it refuses."""
    try:
        return str(validate_email(text, check_deliverability=False, test_environment=True).normalized)
    except EmailNotValidError:
        return None


@settings(max_examples=600, deadline=None)
@given(ADDRESSES | st.tuples(ADDRESSES, ADDRESSES).map("@".join) | LONG)
def test_an_address_read_without_the_library_is_what_it_would_be_with_it(text: str) -> None:
    plain = _plain(text)

    assert plain is None or len(text) > 254 or plain == verdict(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.tuples(ADDRESSES, ADDRESSES).map("@".join))
def test_every_address_gets_the_verdict_of_the_library(text: str) -> None:
    try:
        found: str | None = kind_of(FIELD).coerce(FIELD, text)
    except InvalidValue as error:
        found = None
        if error.code != "bad_email":
            return

    assert found == verdict(email.unmarked(email.clean(text, longest=254)))


@pytest.mark.parametrize("text", ["ann@example.org", "Ann.B+x_y-z@Mail.Sub-Domain.Example.COM", "1@a.b.co", "-@a.de"])
def test_the_common_form_needs_no_library(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    expected = verdict(text)
    monkeypatch.setattr(email, "validate_email", _never)

    assert kind_of(FIELD).coerce(FIELD, text) == expected


def _never(*given: Any, **options: Any) -> None:
    raise AssertionError("the library was asked")
