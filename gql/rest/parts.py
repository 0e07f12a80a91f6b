"""The parts of an answer: how each is asked for in GraphQL, how its value is shaped for REST, and which columns it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gql.streaming.cells import Column
from models.metamodel import NO_LABELS, Labels

LINK, ITEMS, NEXT = "link", "items", "next"
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The address of the record that a row is of, and what else goes into addresses that lead on from it."""

    address: str
    times: str = ""

    def at(self, address: str) -> Place:
        """The same for another record."""
        return replace(self, address=address)


@dataclass(frozen=True, slots=True)
class Head:
    """A column to be: the way to its values, and the labels of the steps that have a name."""

    path: Path
    names: Sequence[tuple[str, Labels]]

    def under(self, name: str, labels: Labels, *path: str) -> Head:
        """The same as a part of another."""
        return Head((*path, *self.path), ((name, labels), *self.names))

    def column(self, language: str) -> Column:
        """The column; its header has the labels in a language, or names where there are none."""
        words = [_label(labels, language) or name for name, labels in self.names]
        return Column(".".join(words), self.path)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value."""

    name: str
    labels: Labels = field(default_factory=lambda: NO_LABELS)
    asked: str = ""  # where it is not asked for by its name

    def text(self) -> str:
        """As GraphQL asks for it."""
        return self.asked or self.name

    def shaped(self, value: Any, place: Place) -> Any:
        """The value, as it is."""
        return value

    def heads(self) -> Iterator[Head]:
        """Its one column."""
        yield Head((self.name,), ((self.name, self.labels),))


@dataclass(frozen=True, slots=True)
class Whole:
    """A value with parts, such as money."""

    name: str
    parts: Sequence[Part]
    labels: Labels = field(default_factory=lambda: NO_LABELS)

    def text(self) -> str:
        """As GraphQL asks for it."""
        return f"{self.name} {{ {selected(self.parts)} }}"

    def shaped(self, value: Any, place: Place) -> Any:
        """The parts, or null."""
        return None if value is None else shaped(self.parts, value, place)

    def heads(self) -> Iterator[Head]:
        """A column for each part."""
        for head in heads(self.parts):
            yield head.under(self.name, self.labels, self.name)


@dataclass(frozen=True, slots=True)
class Linked:
    """The records at the far ends of a relation, each with what is asked of its link."""

    name: str
    record: Sequence[Part]
    link: Sequence[Part]
    far: str = ""  # where records of the far type have their addresses; none where several types may stand there
    fields: str = ""  # what was asked of them, for addresses
    labels: Labels = field(default_factory=lambda: NO_LABELS)

    def text(self) -> str:
        """As GraphQL asks for it."""
        return f"{self.name} {{ {self.rows()} pageInfo {{ hasNextPage endCursor }} }}"

    def rows(self) -> str:
        """The rows of the connection alone."""
        link = f"link {{ {selected(self.link)} }} " if self.link else ""
        return f"edges {{ {link}node {{ _id: id {selected(self.record)} }} }}"

    def shaped(self, value: Any, place: Place) -> Any:
        """The first of them, and where the others are."""
        info, more = value["pageInfo"], None
        if info["hasNextPage"]:
            more = f"{place.address}/{self.name}?after={info['endCursor']}{self.fields}{place.times}"
        return {ITEMS: [self.row(each, place) for each in value["edges"]], NEXT: more}

    def row(self, edge: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """One record with its link."""
        node = edge["node"]
        made = shaped(self.record, node, place.at(f"{self.far}/{node['_id']}"))
        return {**made, LINK: shaped(self.link, edge[LINK], place)} if self.link else made

    def heads(self) -> Iterator[Head]:
        """A column for each part, in which the values of all records stand."""
        for head in self.row_heads():
            yield head.under(self.name, self.labels, self.name, ITEMS)

    def row_heads(self) -> Iterator[Head]:
        """The columns of one row."""
        yield from heads(self.record)
        for head in heads(self.link):
            yield head.under(LINK, NO_LABELS, LINK)


Part = Leaf | Whole | Linked


def selected(parts: Sequence[Part]) -> str:
    """The selection of these parts."""
    return " ".join(part.text() for part in parts)


def shaped(parts: Sequence[Part], row: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """A record of the API with these parts, as REST shows it."""
    return {part.name: part.shaped(row[part.name], place) for part in parts}


def heads(parts: Sequence[Part]) -> Iterator[Head]:
    """The columns of these parts, in their order."""
    for part in parts:
        yield from part.heads()


def own_alone(parts: Sequence[Part]) -> bool:
    """Whether they say nothing that changes without the record's version."""
    return not any(isinstance(part, Linked) or part.name == "insights" for part in parts)


def _label(labels: Labels, language: str) -> str:
    forms = labels.get(language) or labels.get(language.partition("-")[0]) or {}
    return forms.get("one") or forms.get("other") or ""
