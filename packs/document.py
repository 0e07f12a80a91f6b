"""A YAML file as plain data that knows on which line each part of it stands; a small, safe part of YAML."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from models.definitions.given import camel
from models.errors import filled
from models.yaml_reasons import reason

Path = tuple[str | int, ...]

LONGEST = 1_000_000  # characters of one file
DEEPEST = 24
_LARGE: Mapping[str, Any] = {"case": "file", "most": LONGEST}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,19}\Z")
_BROKEN = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}([eE][-+]?[0-9]{1,3})?\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a text from being read, the line it is on, the cure, and the facts of the sentence."""

    code: str
    message: str
    line: int
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Document:
    """Mappings, lists, texts, numbers, true, false and null; `lines` says where each of them begins."""

    data: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of what the path leads to, in either spelling of its keys, else of the nearest thing around it."""
        path = tuple(camel(step) if isinstance(step, str) else step for step in path)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str) -> tuple[Document | None, list[Fault]]:
    """The one document of a text; None with everything that is wrong with it.

    Tags, aliases, several documents, keys given twice and keys that are no text are refused, so that a text holds
    no more data than it has characters. Only `true` and `false` are truth values; days stay texts.
    """
    if len(text) > LONGEST:
        return None, [Fault("too_large", f"The file has more than {LONGEST:,} characters; split it.", 1, _LARGE)]
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence, why = "This is no YAML: {why}. Mend it here.", error.problem or error.context
        builder.refuse("bad_yaml", sentence, _line(mark), why=why, **reason(error, text))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        sentence, why = "This is no YAML: {why}. Save the file as UTF-8 text.", str(error).splitlines()[0]
        builder.refuse("bad_yaml", sentence, 1, why=why, **reason(error, text))
    except _Stop:
        pass
    if builder.faults:
        return None, builder.faults
    if builder.documents == 0:
        return None, [
            Fault("empty_file", "The file is empty; write its definition or take it away.", 1, {"case": "yaml"})
        ]
    return Document(builder.root, builder.lines), []


def near(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'this'?` where one of the known words is near, else nothing."""
    found = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return f" Did you mean {found[0]!r}?" if found else ""


class _Stop(Exception):
    """Nothing after this can be read."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    path: Path
    data: dict[str, Any] | list[Any]
    key: str | None = None


class _Builder:
    """Puts the events of the parser together, without recursion."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.documents = 0
        self._open: list[_Open] = []

    def refuse(self, code: str, sentence: str, line: int, **facts: Any) -> None:
        self.faults.append(Fault(code, filled(sentence, facts), line, facts))

    def take(self, event: yaml.Event) -> None:
        line = _line(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(line)
        elif isinstance(event, yaml.AliasEvent):
            sentence = "{name} points elsewhere in the file; write it out here."
            self._stop("alias", sentence, line, name=repr(f"*{event.anchor}"))
        elif isinstance(event, (yaml.CollectionEndEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)

    def _begin_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop("several_documents", "The file holds several documents; put each into its own file.", line)

    def _node(self, event: Any, line: int) -> None:
        if event.tag not in {None, "!"}:
            self._stop("tag", "Take out the tag {name}; a pack holds plain data only.", line, name=repr(event.tag))
        around = self._open[-1] if self._open else None
        if around is not None and isinstance(around.data, dict) and around.key is None:
            self._key(around, event, line)
            return
        path = self._path(around)
        self._begins(path, line)
        if isinstance(event, yaml.ScalarEvent):
            self._put(around, _scalar(event))
            return
        self._begin(path, {} if isinstance(event, yaml.MappingStartEvent) else [], around, line)

    def _begin(self, path: Path, data: dict[str, Any] | list[Any], around: _Open | None, line: int) -> None:
        if len(self._open) >= DEEPEST:
            sentence = "Nested deeper than {most} levels; no definition needs that."
            self._stop("too_deep", sentence, line, case="levels", most=DEEPEST)
        self._put(around, data)
        self._open.append(_Open(path, data))

    def _key(self, around: _Open, event: Any, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("bad_key", "A key must be a text, not a list or a mapping.", line, case="text")
        key = str(event.value)
        if key in around.data:
            self.refuse("key_twice", "{name} is given twice here; keep one of them.", line, name=repr(key))
        around.key = key
        self._begins((*around.path, key), line)

    def _begins(self, path: Path, line: int) -> None:
        self.lines.setdefault(tuple(camel(step) if isinstance(step, str) else step for step in path), line)

    def _path(self, around: _Open | None) -> Path:
        if around is None:
            return ()
        return (*around.path, around.key if around.key is not None else len(around.data))

    def _put(self, around: _Open | None, data: Any) -> None:
        if around is None:
            self.root = data
        elif isinstance(around.data, list):
            around.data.append(data)
        else:
            around.data[str(around.key)], around.key = data, None

    def _stop(self, code: str, sentence: str, line: int, **facts: Any) -> None:
        self.refuse(code, sentence, line, **facts)
        raise _Stop


def _scalar(event: Any) -> Any:
    text = str(event.value)
    if not event.implicit[0] or event.style not in {None, ""}:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.match(text):
        return int(text)
    return float(text) if _BROKEN.match(text) else text


def _line(mark: Any) -> int:
    return 1 if mark is None else int(mark.line) + 1
