"""Patterns of text fields: the part of regular expressions that every language reads alike, matched in linear time.

Python's own engine tries alternatives one after another and can take for ever over a few dozen characters; here all are
followed at once (Thompson 1968), so that the time is at most the length of the text times the size of the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from models.errors import told

LONGEST = 200
MOST_STATES = 500
MOST_REPEATS = 500
DEEPEST = 20
_REMEMBERED = 4_000
_CLASSES = "dDwWsS"
_CONTROLS = {"t": "\\t"}
_QUANTIFIER = re.compile(r"([*+?]|\{(\d{1,6})(,(\d{0,6}))?\})\??", re.ASCII)
_SET = re.compile(r"\[\^?(?:\\.|[^\]\\\[])+\]", re.DOTALL)
_CONFUSING = re.compile(r"--|&&|~~|\|\|")


class BadPattern(ValueError):
    """A pattern that cannot be used; its problem says why and what to write instead."""

    def __init__(self, case: str, sentence: str, **facts: Any) -> None:
        self.problem = told("bad_pattern", sentence, case=case, **facts)
        super().__init__(self.problem.message)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern made ready; state 0 accepts."""

    tests: Sequence[re.Pattern[str] | None]
    moves: Sequence[tuple[int, ...]]
    start: frozenset[int]
    steps: dict[tuple[frozenset[int], str], frozenset[int]] = field(default_factory=dict, compare=False)

    def fits(self, text: str) -> bool:
        """Whether the pattern describes the whole text."""
        states = self.start
        for character in text:
            known = self.steps.get((states, character))
            states = self._step(states, character) if known is None else known
            if not states:
                return False
        return 0 in states

    def _step(self, states: frozenset[int], character: str) -> frozenset[int]:
        reached = [
            self.moves[state][0]
            for state in states
            if (test := self.tests[state]) and test.match(character) is not None
        ]
        if len(self.steps) >= _REMEMBERED:
            self.steps.clear()
        found = self.steps[states, character] = _closed(self.tests, self.moves, reached)
        return found


@lru_cache(maxsize=512)
def pattern(text: str) -> Pattern:
    """The pattern that a text writes. Raises BadPattern."""
    if len(text) > LONGEST:
        raise BadPattern("long", "A pattern has at most {most} characters.", most=LONGEST)
    tree = _Parser(text).whole()
    states = _States()
    start = states.put(tree, 0)
    return Pattern(states.tests, states.moves, _closed(states.tests, states.moves, [start]))


@dataclass(frozen=True, slots=True)
class _One:
    """One character that passes a test."""

    test: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    ways: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    """At least `low` times, at most `high`; None is without end."""

    part: _Node
    low: int
    high: int | None


_Node = _One | _Sequence | _Either | _Repeat


class _Parser:
    """Reads a pattern by recursive descent."""

    def __init__(self, text: str) -> None:
        # the whole text is meant anyway, so anchors around it say nothing
        ends = text.endswith("$") and (len(text) - len(text[:-1].rstrip("\\"))) % 2 == 1
        self._text = text.removeprefix("^")[: -1 if ends else None]
        self._at = 0
        self._depth = 0

    def whole(self) -> _Node:
        tree = self._either()
        if self._at < len(self._text):
            raise BadPattern("closes", "A ')' closes nothing; write \\) for the sign itself.")
        return tree

    def _either(self) -> _Node:
        ways = [self._sequence()]
        while self._next("|"):
            ways.append(self._sequence())
        return ways[0] if len(ways) == 1 else _Either(tuple(ways))

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else _Sequence(tuple(parts))

    def _repeated(self, part: _Node) -> _Node:
        found = _QUANTIFIER.match(self._text, self._at)
        if found is None:
            return part
        self._at = found.end()
        if self._at < len(self._text) and self._text[self._at] in "*+?{":
            raise BadPattern(
                "twice", "Two repetitions follow each other; put brackets around what the second one repeats."
            )
        low, high = _times(found)
        if low > MOST_REPEATS or (high is not None and not low <= high <= MOST_REPEATS):
            raise BadPattern(
                "times", "{found} must rise and stay within {most} repetitions.", found=found[0], most=MOST_REPEATS
            )
        if not _consumes(part):
            raise BadPattern("nothing", "{found} repeats nothing; take it out.", found=found[0])
        return _Repeat(part, low, high)

    def _atom(self) -> _Node:
        character = self._text[self._at]
        if character == "(":
            return self._group()
        if character == "[":
            return self._set()
        if character == "\\":
            return self._escape()
        if character in "*+?{}]":
            sentence = "A '{sign}' stands where nothing can be repeated; write \\{sign} for the sign itself."
            raise BadPattern("stands", sentence, sign=character)
        if character in "^$":
            sentence = "'{sign}' belongs at the ends only, where it may be left out: the whole text is compared."
            raise BadPattern("ends", sentence, sign=character)
        self._at += 1
        return _One(re.compile(r"[^\n]" if character == "." else re.escape(character), re.DOTALL))

    def _group(self) -> _Node:
        self._at += 1
        if self._text.startswith("?", self._at) and not self._next("?:"):
            raise BadPattern("groups", "Groups are (…) and (?:…); looking ahead or back and names are not supported.")
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadPattern("deep", "Brackets may be nested {most} deep at most.", most=DEEPEST)
        inner = self._either()
        self._depth -= 1
        if not self._next(")"):
            raise BadPattern("open", "A '(' is never closed; write \\( for the sign itself.")
        return inner

    def _set(self) -> _Node:
        found = _SET.match(self._text, self._at)
        if found is None:
            raise BadPattern("opens", "A '[' opens no set such as [a-z0-9]; write \\[ for the sign itself.")
        if _CONFUSING.search(found[0]):
            raise BadPattern(
                "signs", "Write signs that stand twice in {found} once, or with a backslash.", found=found[0]
            )
        self._at = found.end()
        try:
            return _One(re.compile(found[0]))
        except re.error as error:
            sentence = "{found} is no set of characters: {why}. Write it like [a-z0-9]."
            raise BadPattern("set", sentence, found=found[0], why=error.msg) from None

    def _escape(self) -> _Node:
        sign = self._text[self._at + 1 : self._at + 2]
        known = sign in _CLASSES or sign in _CONTROLS or not (sign.isalnum() or sign == "_")
        if not sign or not known:
            sentence = "'\\{sign}' means nothing here; known are \\d \\w \\s, their capitals and \\t."
            raise BadPattern("escape", sentence, sign=sign)
        self._at += 2
        return _One(re.compile(f"\\{sign}" if sign in _CLASSES else _CONTROLS.get(sign, re.escape(sign))))

    def _next(self, text: str) -> bool:
        found = self._text.startswith(text, self._at)
        self._at += len(text) if found else 0
        return found


class _States:
    """The states of a pattern, built from its end to its beginning."""

    def __init__(self) -> None:
        self.tests: list[re.Pattern[str] | None] = [None]
        self.moves: list[tuple[int, ...]] = [()]

    def put(self, node: _Node, after: int) -> int:
        """Add the states of a node that goes on to the state `after`; the state it begins with."""
        if isinstance(node, _One):
            return self._add(node.test, (after,))
        if isinstance(node, _Sequence):
            for part in reversed(node.parts):
                after = self.put(part, after)
            return after
        if isinstance(node, _Either):
            return self._add(None, tuple(self.put(way, after) for way in node.ways))
        return self._put_repeat(node, after)

    def _put_repeat(self, node: _Repeat, after: int) -> int:
        start = after
        if node.high is None:
            start = self._add(None, ())
            self.moves[start] = (self.put(node.part, start), after)
        else:
            for _ in range(node.high - node.low):
                start = self._add(None, (self.put(node.part, start), after))
        for _ in range(node.low):
            start = self.put(node.part, start)
        return start

    def _add(self, test: re.Pattern[str] | None, moves: tuple[int, ...]) -> int:
        if len(self.tests) >= MOST_STATES:
            sentence = "The repetitions unfold into more than {most} parts; let maxLength bound the length."
            raise BadPattern("parts", sentence, most=MOST_STATES)
        self.tests.append(test)
        self.moves.append(moves)
        return len(self.tests) - 1


def _closed(
    tests: Sequence[re.Pattern[str] | None], moves: Sequence[tuple[int, ...]], states: Sequence[int]
) -> frozenset[int]:
    """The states with all that can be reached from them without reading a character."""
    waiting, found = list(states), set(states)
    while waiting:
        state = waiting.pop()
        if tests[state] is None:
            new = [move for move in moves[state] if move not in found]
            found.update(new)
            waiting += new
    return frozenset(found)


def _times(found: re.Match[str]) -> tuple[int, int | None]:
    simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(found[1])
    if simple is not None:
        return simple
    low = int(found[2])
    return low, low if found[3] is None else int(found[4]) if found[4] else None


def _consumes(node: _Node) -> bool:
    """Whether there is a character in it at all."""
    if isinstance(node, _Sequence):
        return any(_consumes(part) for part in node.parts)
    if isinstance(node, _Either):
        return any(_consumes(way) for way in node.ways)
    return True
