"""People as pure data: what a user, a token and a session are, and what their names and passwords must look like."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.actor import Actor
from models.allowances import NONE_SET, Allowance
from models.browsers import Browser
from models.errors import Problem, Rejected, told
from models.fields.kind import InvalidValue
from models.fields.text import clean

TOKEN_PREFIX = "xrm_"  # noqa: S105 - what tokens begin with is no secret
SECRET_BYTES = 32
SESSION_ID = 16  # characters of a session's digest by which it is told from all others
MAX_NAME, MIN_PASSWORD, MAX_PASSWORD = 64, 10, 256
MAX_TOKEN_NAME = 100
_NAME = re.compile(r"[^\W_][\w.@+-]*\Z")
_PERIOD = re.compile(r"([1-9][0-9]{0,5})([mhdw])\Z")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_TOKEN = re.compile(rf"{TOKEN_PREFIX}[A-Za-z0-9_-]{{43}}\Z")


@dataclass(frozen=True, slots=True)
class User:
    """The account of a person."""

    id: str
    name: str
    administrator: bool
    created_at: datetime
    disabled_at: datetime | None = None
    allowance: Allowance = NONE_SET
    person: str | None = None  # the id of the record that this account is


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token as its list shows it: what it is called, whose it is, until when, what may be spent; not the token itself."""

    id: str
    user: str
    created_at: datetime
    expires_at: datetime
    allowance: Allowance
    name: str = ""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in, as a list shows it; `id` is the beginning of its digest, not its secret."""

    id: str
    user: str
    created_at: datetime
    expires_at: datetime
    browser: Browser


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody let in by a token or a session, until it expires."""

    actor: Actor
    until: datetime


def name_key(name: str) -> str:
    """The form under which a user name is unique: case and compatible characters make no difference."""
    return unicodedata.normalize("NFKC", name).casefold()


def check_name(name: str) -> list[Problem]:
    """What is wrong with a user name."""
    if len(name) <= MAX_NAME and _NAME.match(name):
        return []
    return [
        Problem(
            "bad_user_name",
            f"The user name {name[:80]!r} cannot be used: begin with a letter or digit, go on with letters, digits and "
            f". _ @ + -, {MAX_NAME} characters at most.",
            ("name",),
        )
    ]


def check_password(password: str) -> list[Problem]:
    """What is wrong with a password."""
    if MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        return []
    return [
        told(
            "bad_password",
            "The password has {length} characters; use {least} to {most}.",
            ("password",),
            length=len(password),
            least=MIN_PASSWORD,
            most=MAX_PASSWORD,
        )
    ]


def token_name(given: str) -> str:
    """What a token is called, tidied; empty where it is called nothing. Raises Rejected."""
    try:
        return clean(given, longest=MAX_TOKEN_NAME) if given.strip() else ""
    except InvalidValue as error:
        raise Rejected([Problem(error.code, f"The name: {error.message}", ("name",), error.facts)]) from error


def new_token() -> str:
    """A bearer token: 256 random bits behind a prefix that secret scanners can find."""
    return TOKEN_PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def new_session() -> str:
    """The opaque id of a browser session: 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def new_password() -> str:
    """A generated password: 120 random bits."""
    return secrets.token_urlsafe(15)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token."""
    return _TOKEN.match(text) is not None


def digest(secret: str) -> str:
    """What is stored of a token or a session id: random as they are, a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def period(text: str) -> timedelta:
    """The time that "30d", "12h", "45m" or "2w" means. Raises ValueError."""
    match = _PERIOD.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no period: write a number and m, h, d or w, such as 30d.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
