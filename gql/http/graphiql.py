"""The workbench at /graphql for people: one page of our own that asks no other address for anything."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.resources import files

_FOLDER = files("gql.http").joinpath("page")
_STYLE = _FOLDER.joinpath("workbench.css").read_text(encoding="utf-8")
_SCRIPT = _FOLDER.joinpath("workbench.js").read_text(encoding="utf-8")
_EXAMPLES = _FOLDER.joinpath("examples.graphql").read_text(encoding="utf-8")
_TITLE = re.compile(r"^# (.+)\n", re.MULTILINE)


def examples() -> dict[str, str]:
    """The documents that the workbench offers, by their titles."""
    _, *parts = _TITLE.split(_EXAMPLES)
    return {title: text.strip() for title, text in zip(parts[::2], parts[1::2], strict=True)}


def _source(text: str) -> str:
    """The source of a content security policy that allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


PAGE: bytes = (
    _FOLDER.joinpath("workbench.html")
    .read_text(encoding="utf-8")
    .replace("/*style*/", _STYLE)
    .replace("/*examples*/", html.escape(_EXAMPLES))
    .replace("/*script*/", _SCRIPT)
    .encode()
)
# the web application shows it beside its examples, and nobody else may
POLICY = (
    f"default-src 'none'; script-src {_source(_SCRIPT)}; style-src {_source(_STYLE)}; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = (("content-security-policy", POLICY),)
