"""Takes the tokens of an expression one by one: names, values, times and distances as they are written."""

from __future__ import annotations

from decimal import Decimal

from models.errors import Problem, told
from models.expressions.faults import BadExpression, Span, fault, meant
from models.expressions.refusals import expected
from models.expressions.tokens import Sort, Token, tokens
from models.expressions.tree import Calendar, Constant, Given, Listing, Name, Window
from models.periods import Period, TimeUnit

METRES = {"m": 1, "km": 1_000}
_CONSTANTS = {"true": True, "false": False, "null": None}
_UNITS = {f"{unit.value.lower()}{s}": unit.value for unit in TimeUnit for s in ("", "s")}


class Reader:
    """A place in the tokens of a text; whatever is read there raises BadExpression where something else stands."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, tokens(text)
        self.at = self.depth = 0

    # tokens

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at += token.sort is not Sort.END
        return token

    def took(self, *words: str) -> bool:
        """Whether the next token is one of these signs or words; if so it is taken."""
        found = self.next.word in words if self.next.sort is Sort.NAME else self.is_sign(*words)
        self.at += found
        return found

    def is_sign(self, *signs: str) -> bool:
        return self.next.sort is Sort.SIGN and self.next.text in signs

    def need(self, sign: str) -> Token:
        if not self.is_sign(sign):
            raise self.expected(sign)
        return self.take()

    def expected(self, what: str) -> BadExpression:
        return self.fault(self.next.span, expected(what, self.next))

    def fault(self, span: Span, problem: Problem) -> BadExpression:
        return BadExpression([fault(self.text, span, problem)])

    def since(self, start: Span) -> Span:
        return start.to(self.tokens[self.at - 1].span)

    # values

    def name(self) -> Name:
        first = self.next
        if first.sort is not Sort.NAME:
            raise self.expected("name")
        path = [self.take().text]
        while self.is_sign("."):
            self.take()
            if self.next.sort is not Sort.NAME:
                raise self.expected("name")
            path.append(self.take().text)
        return Name(tuple(path), self.since(first.span))

    def operand(self) -> Constant | Given:
        token = self.next
        if token.sort is Sort.PARAMETER:
            self.take()
            return Given(token.text[1:], token.span)
        return self.constant()

    def constant(self) -> Constant:
        token = self.next
        minus = self.is_sign("-")
        if minus:
            self.take()
            if self.next.sort is not Sort.NUMBER:
                raise self.expected("number")
        value = self.take()
        match value.sort:
            case Sort.NUMBER:
                number = Decimal(value.text) if "." in value.text else int(value.text)
                return Constant(-number if minus else number, self.since(token.span))
            case Sort.TEXT:
                return Constant(value.text, value.span)
            case Sort.NAME if value.word in _CONSTANTS:
                return Constant(_CONSTANTS[value.word], value.span)
            case Sort.NAME:
                sentence = "Expected a value, found the name {name!r}; a text stands in quotes: {text}."
                quoted = f"'{value.text}'"
                raise self.fault(
                    value.span, told("syntax_error", sentence, case="unquoted", name=value.text, text=quoted)
                )
        self.at -= value.sort is not Sort.END
        raise self.expected("value")

    def several(self) -> Listing | Given:
        start = self.next
        if start.sort is Sort.PARAMETER:
            self.take()
            return Given(start.text[1:], start.span)
        self.need("(")
        items = list[Constant | Given]()
        while not self.is_sign(")"):
            items.append(self.operand())
            if not self.is_sign(")"):
                self.need(",")
        self.need(")")
        return Listing(tuple(items), self.since(start.span))

    def window(self) -> Window:
        start = self.next
        if start.word not in ("last", "next"):
            raise self.expected("window")
        self.take()
        counted = self.next.sort in (Sort.NUMBER, Sort.PARAMETER)
        count = self.operand() if counted else Constant(1, self.next.span)
        unit = _UNITS.get(self.next.word)
        if unit is None:
            raise self.expected("unit")
        self.take()
        return Window(start.word == "next", count, unit, self.since(start.span))

    def calendar(self) -> Calendar:
        start = self.next
        words = [self.take().word]
        if words[0] in ("last", "this", "next"):
            words.append(self.take().word)
        name = "_".join(words).upper()
        if name not in list(Period):
            written = " ".join(words)
            near = meant(written, [each.value.lower().replace("_", " ") for each in Period])
            problem = told("unknown_period", "{name!r} is no period; {near}", name=written, near=near)
            raise self.fault(self.since(start.span), problem)
        return Calendar(name, self.since(start.span))

    def far(self) -> Constant | Given:
        """A distance: a number of metres, or of the unit behind it."""
        operand = self.operand()
        if self.next.word not in METRES:
            return operand
        unit = self.take()
        if isinstance(operand, Given):
            sentence = "A parameter is a number of metres; take out {unit!r}."
            raise self.fault(unit.span, told("bad_distance", sentence, case="parameter", unit=unit.text))
        if isinstance(operand.value, bool) or not isinstance(operand.value, (int, Decimal)):
            sentence = "Write a distance as a number: 5 km, or 5000 m."
            raise self.fault(operand.span, told("bad_distance", sentence, case="number"))
        return Constant(operand.value * METRES[unit.word], self.since(operand.span))
