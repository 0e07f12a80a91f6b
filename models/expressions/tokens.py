"""The words and signs of an expression, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from models.errors import Word, told
from models.expressions.faults import BadExpression, Fault, Span, fault

LONGEST = 4_000
THE_END = Word("end", "the end")
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d{1,40}(\.\d{1,40})?(?![\w.]))|(?P<parameter>\$[A-Za-z_]\w*)|(?P<name>[^\W\d]\w*)"
    r"|(?P<text>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|(?P<sign><=|>=|!=|<>|[=<>(),.\-])"
)


class Sort(Enum):
    """What a token is."""

    NUMBER = "a number"
    PARAMETER = "a parameter"
    NAME = "a name"
    TEXT = "a text"
    SIGN = "a sign"
    END = "the end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign as it is written; a text without its quotes."""

    sort: Sort
    text: str
    span: Span

    @property
    def word(self) -> str:
        """The word in lower case where it is one that may be of the language; empty for anything else."""
        return self.text.lower() if self.sort is Sort.NAME else ""

    def shown(self) -> Word | str:
        """The token as a sentence names it."""
        return THE_END if self.sort is Sort.END else repr(self.text[:40])


def tokens(text: str) -> list[Token]:
    """All tokens, the end being the last. Raises BadExpression at what is none."""
    if len(text) > LONGEST:
        sentence = "An expression has at most {longest:,} characters; this has {length:,}."
        problem = told("too_long", sentence, case="condition", longest=LONGEST, length=len(text))
        raise BadExpression([fault(text, Span(0, 1), problem)])
    found, at = list[Token](), 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise BadExpression([_unknown(text, at)])
        sort, span = str(token.lastgroup), Span(at, token.end())
        if sort != "space":
            found.append(Token(Sort[sort.upper()], _unquoted(token[0]) if sort == "text" else token[0], span))
        at = token.end()
    return [*found, Token(Sort.END, "", Span(at, at))]


def _unquoted(written: str) -> str:
    quote = written[0]
    return written[1:-1].replace(quote * 2, quote)


def _unknown(text: str, at: int) -> Fault:
    sign = text[at]
    if sign in "'\"":
        sentence = "This text is never closed; end it with {sign}, and write {twice} for the sign itself."
        return fault(text, Span(at, len(text)), told("unclosed_text", sentence, sign=sign, twice=sign * 2))
    if sign.isdigit():
        sentence = "Write numbers like 12 or 12.5, with a blank behind them."
        return fault(text, Span(at, at + 1), told("bad_number", sentence, case="condition"))
    sentence = "{sign!r} is no sign of the language; texts stand in quotes, fields are names."
    return fault(text, Span(at, at + 1), told("unknown_sign", sentence, sign=sign))
