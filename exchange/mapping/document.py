"""A YAML file as plain data that remembers where each part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from models.errors import Problem, Rejected, filled
from models.yaml_reasons import reason

LARGEST = 1 << 20  # bytes
DEEPEST = 20
At = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file, and line and column of each part by its path."""

    name: str
    plain: Any
    places: Mapping[At, tuple[int, int]]

    def problem(self, code: str, sentence: str, path: At, **facts: Any) -> Problem:
        """A problem of a part: file, line and column stand in front of the sentence, which is filled with the facts.

        The line and the column are facts too.
        """
        known = path
        while known not in self.places:
            known = known[:-1]
        line, column = self.places[known]
        return _at(self.name, (line, column), code, sentence, path, facts)


def _at(name: str, place: tuple[int, int], code: str, sentence: str, path: At, facts: Mapping[str, Any]) -> Problem:
    line, column = place
    message = f"{name}:{line}:{column}: {filled(sentence, facts)}"
    return Problem(code, message, path, {**facts, "line": line, "column": column})


def read(path: Path) -> Document:
    """The document in a YAML file. Raises Rejected for what cannot be read, for repeated keys, and for aliases."""
    try:
        if path.stat().st_size > LARGEST:
            facts = {"case": "mapping", "bytes": LARGEST}
            raise Rejected([Problem("too_large", f"{path}: A mapping has at most {LARGEST:,} bytes.", (), facts)])
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Rejected([Problem("unreadable", f"{path}: The mapping cannot be read ({error}).")]) from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Document:
    """The document in a text; `name` is what its problems call it. Raises Rejected."""
    try:
        root = yaml.compose(text, yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise Rejected([_not_yaml(error, text, name)]) from error
    if root is None:
        raise Rejected([Problem("empty_file", f"{name}: The file is empty.", (), {"case": "yaml"})])
    reading = _Reading(name)
    plain = reading.plain(root, ())
    if reading.problems:
        raise Rejected(reading.problems)
    return Document(name, plain, reading.places)


def _not_yaml(error: Exception, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    cure = "Look at the indentation, the colons and the quotation marks there."
    message = f"{place}: This is not YAML: {getattr(error, 'problem', None) or error}. {cure}"
    at = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    return Problem("not_yaml", message, (), {**at, **reason(error, text)})


class _Reading:
    """Turns YAML nodes into plain data; keys are always texts, as they are written."""

    def __init__(self, name: str) -> None:
        self.places: dict[At, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._name = name
        self._scalars = yaml.SafeLoader("")

    def plain(self, node: yaml.Node, path: At) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.places.setdefault(path, place)
        if len(path) > DEEPEST:
            self._refuse("too_deep", "Parts nest at most {most} deep.", place, path, case="levels", most=DEEPEST)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(part, (*path, number)) for number, part in enumerate(node.value)]
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            sentence = "This value cannot be read ({why}); put it in quotation marks."
            self._refuse("bad_value", sentence, place, path, case="unread", why=str(error))
            return None

    def _mapping(self, node: yaml.MappingNode, path: At) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                self._refuse("bad_key", "A key must be a text.", place, path, case="text")
            elif key.value in found:
                sentence = "{name} stands here twice; keep one."
                self._refuse("repeated_key", sentence, place, (*path, key.value), name=repr(key.value))
            else:
                self.places[(*path, key.value)] = place
                found[key.value] = self.plain(value, (*path, key.value))
        return found

    def _refuse(self, code: str, sentence: str, place: tuple[int, int], path: At, **facts: Any) -> None:
        self.problems.append(_at(self._name, place, code, sentence, path, facts))
