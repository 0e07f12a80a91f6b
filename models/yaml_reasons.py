"""Why a text is no YAML, as facts: what parsers say in English is a small set of reasons that each language has words for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# what the parsers in C and in Python say, `context: problem`, the first that fits, and the reason that it stands for
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"tab character", "tab"),
        (r"cannot start any token", "sign"),
        (r"mapping values are not allowed", "colon"),
        (r"could not find expected ':'", "no_colon"),
        (r"quoted scalar: found unexpected (end|document)", "quote"),
        (r"flow (sequence|mapping): .*expected ',' or '(?P<sign>.)'", "bracket"),
        (r"expected (the )?node content", "no_value"),
        (r"sequence entries are not allowed", "dash"),
        (r"undefined alias", "alias"),
        (r"unknown escape character", "escape"),
        (r"unacceptable character (?P<sign>#x[0-9a-f]+)", "control"),
        (r"parsing a block (mapping|collection)", "indent"),
    )
)
# the facts of each reason; `begun` is the line on which what is at fault began
REASONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{reason: frozenset() for reason in ("tab", "colon", "no_value", "dash", "alias", "escape")},
        **{reason: frozenset({"sign"}) for reason in ("sign", "control")},
        **{reason: frozenset({"begun"}) for reason in ("no_colon", "quote", "indent")},
        "bracket": frozenset({"sign", "begun"}),
    }
)


def reason(error: Exception, text: str) -> Mapping[str, Any]:
    """The case and the reason of a refusal, for an error of a YAML parser over a text; nothing where it is a rare one."""
    problem = getattr(error, "problem", None)
    said = f"{getattr(error, 'context', '')}: {problem}" if problem else str(error)
    fitting = ((found, name) for pattern, name in _SAID if (found := pattern.search(said)))
    found, name = next(fitting, (None, ""))
    if found is None:
        return {}
    facts = {"begun": _begun(error), "sign": found.groupdict().get("sign") or _sign(error, text)}
    if name == "sign" and facts["sign"] == "\t":
        name = "tab"
    given = {fact: facts[fact] for fact in sorted(REASONS[name])}
    complete = all(value is not None for value in given.values())
    return {"case": "because", "because": {"code": "yaml", "case": name, **given}} if complete else {}


def _begun(error: Exception) -> int | None:
    mark = getattr(error, "context_mark", None)
    return None if mark is None else int(mark.line) + 1


def _sign(error: Exception, text: str) -> str | None:
    """The character at which the parser stopped."""
    mark = getattr(error, "problem_mark", None)
    lines = text.split("\n")
    if mark is None or mark.line >= len(lines):
        return None
    return lines[mark.line][mark.column : mark.column + 1] or None
