"""Reading what users hand in, of any shape and size: every fault is noted with its path, nothing raises."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from models.errors import Near, Problem, told
from models.fields.kind import InvalidValue
from models.fields.text import clean
from models.metamodel import NO_LABELS, Labels
from models.names import shown

MOST_PROBLEMS = 100
DEEPEST = 6
MOST_PARTS = 20_000  # values inside the options of one field
LONGEST_TEXT = 10_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z", re.ASCII)
PLURALS = ("zero", "one", "two", "few", "many", "other")
Path = tuple[str | int, ...]


class Given:
    """A reader of plain data that gathers problems as it goes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fault(self, code: str, sentence: str, path: Path, **facts: Any) -> None:
        """Note a problem; the sentence is filled with the facts."""
        problem = told(code, sentence, **facts)
        self.faults([replace(problem, message=problem.message[:600])], path)

    def faults(self, problems: list[Problem], path: Path) -> bool:
        """Note problems, seen from under a path; whether there were any. Beyond the hundredth only that there are more."""
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += [problem.under(*path) for problem in problems[: max(room, 0)]]
        if len(problems) > room >= 0:
            self.problems.append(Problem("too_many_problems", "There are more problems; mend these first."))
        return bool(problems)

    def entries(self, value: object, known: frozenset[str], path: Path) -> dict[str, Any]:
        """The known entries of a map, under camelCase names; anything else is a problem."""
        if not isinstance(value, Mapping):
            self.fault("wrong_type", f"Give a map, not {_sort(value)}.", path)
            return {}
        found: dict[str, Any] = {}
        for key, entry in list(value.items())[:1000]:
            name = camel(key) if isinstance(key, str) and len(key) <= 100 else None
            if name not in known:
                self.fault("unknown_key", f"There is no {shown(key)} here. {near(str(name or key), known)}", path)
            elif name in found:
                self.fault("twice", f"{name} is given twice.", (*path, name))
            else:
                found[name] = entry
        return found

    def items(self, value: object, most: int, path: Path) -> Iterator[tuple[int, Any]]:
        """The numbered items of a list; nothing of a list that is none or too long."""
        if value is None:
            return
        if not isinstance(value, (list, tuple)):
            self.fault("wrong_type", f"Give a list, not {_sort(value)}.", path)
        elif len(value) > most:
            sentence = "At most {most} here; there are {count}."
            self.fault("too_many", sentence, path, case="list", most=most, count=len(value))
        else:
            yield from enumerate(value)

    def text(self, value: object, path: Path, *, longest: int, pattern: str = ".*", example: str = "") -> str:
        """Text by a pattern; empty where nothing is given."""
        if value is None or value == "":
            return ""
        try:
            text = clean(value, longest=longest)
        except InvalidValue as error:
            self.faults([error.at(())], path)
            return ""
        if not re.fullmatch(pattern, text):
            sentence = "{given} has another form; write it like {example}."
            self.fault("bad_form", sentence, path, given=shown(text), example=example)
            return ""
        return text

    def flag(self, value: object, path: Path) -> bool:
        """True or false; false where nothing is given."""
        if value is not None and not isinstance(value, bool):
            self.fault("wrong_type", f"Give true or false, not {_sort(value)}.", path)
        return value is True

    def word(self, value: object, words: tuple[str, ...], path: Path) -> str | None:
        """One of a few words, whatever its case."""
        if isinstance(value, str) and value.lower() in words:
            return value.lower()
        self.fault("bad_word", f"Give one of {', '.join(words)}, not {shown(value)}.", path)
        return None

    def names(self, value: object, check: Callable[[object], list[Problem]], most: int, path: Path) -> tuple[str, ...]:
        """A list of distinct names, each checked."""
        found: dict[str, None] = {}
        for place, name in self.items(value, most, path):
            if self.faults(check(name), (*path, place)):
                continue
            if name in found:
                self.fault("twice", "{name} is listed twice.", (*path, place), case="listed", name=str(name))
            found[name] = None
        return tuple(found)

    def labels(self, value: object, path: Path, *, longest: int = 200) -> Labels:
        """Texts by language, each plain or by plural form."""
        if value is None:
            return NO_LABELS
        if not isinstance(value, Mapping) or len(value) > 100:
            self.fault("wrong_type", f"Give texts by language, such as {{en: name}}, not {_sort(value)}.", path)
            return NO_LABELS
        found = {}
        for language, forms in value.items():
            if not isinstance(language, str) or not _LANGUAGE.match(language):
                self.fault("bad_language", f"{shown(language)} is no language such as en, ru or fa.", path)
            elif read := self._forms(forms, (*path, language), longest):
                found[language] = MappingProxyType(read)
        return MappingProxyType(found)

    def _forms(self, value: object, path: Path, longest: int) -> dict[str, str]:
        if not isinstance(value, Mapping):
            text = self._label(value, path, longest)
            return {"other": text} if text else {}
        forms = self.entries(value, frozenset(PLURALS), path)
        if "other" not in forms:
            self.fault("no_plural", "Give the form `other` too: it serves where no other form fits.", path)
        read = {form: self._label(text, (*path, form), longest) for form, text in forms.items()}
        return {form: text for form, text in read.items() if text}

    def _label(self, value: object, path: Path, longest: int) -> str:
        try:
            return clean(value, longest=longest, multiline=longest > 200)
        except InvalidValue as error:
            self.faults([error.at(())], path)
            return ""

    def plain(self, value: object, path: Path) -> Any:
        """JSON-like data of bounded size, frozen; days and moments as text."""
        try:
            return _frozen(value, 0, [0])
        except InvalidValue as error:
            self.faults([error.at(())], path)
            return None


def camel(key: str) -> str:
    """`natural_keys` → `naturalKeys`; anything without an underscore as it is."""
    first, *rest = key.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def near(name: str, known: frozenset[str]) -> Near:
    """What was probably meant, or the first thirty of all there is."""
    return Near(tuple(difflib.get_close_matches(name[:100], sorted(known), n=3, cutoff=0.6)), tuple(sorted(known)[:30]))


def _sort(value: object) -> str:
    return "nothing" if value is None else type(value).__name__


def _frozen(value: object, depth: int, count: list[int]) -> Any:
    count[0] += 1
    if depth > DEEPEST or count[0] > MOST_PARTS:
        raise InvalidValue("too_deep", f"At most {DEEPEST} levels and {MOST_PARTS} values.")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and 0 < len(key) <= 100 and key.isprintable() for key in value):
            raise InvalidValue("wrong_type", "Keys are short printable texts.")
        return MappingProxyType({key: _frozen(entry, depth + 1, count) for key, entry in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(entry, depth + 1, count) for entry in value)
    return _scalar(value)


def _scalar(value: object) -> Any:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT or "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise InvalidValue("too_long", f"Texts here have at most {LONGEST_TEXT} characters and no null characters.")
        return value
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite() and len(str(value)) <= 60:
        return str(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise InvalidValue("wrong_type", f"{_sort(value)} cannot stand here, or the number is too large; write it as text.")
