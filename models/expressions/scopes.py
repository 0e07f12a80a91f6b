"""What the names in a condition can mean: fields and relations of a record, fields of the link that leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models import scores, system
from models.metamodel import EntityType, Field, Metamodel, Side
from models.scores import INSIGHTS

Where = dict[str, Any]
LINK, NODE = "link", "node"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a name means, and the keys that lead to its comparisons in a filter."""

    field: Field
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The record a condition is on: of a type, or of any; `side` is the relation it was walked to along."""

    model: Metamodel
    kind: EntityType | None
    side: Side | None = None

    @property
    def fields(self) -> Mapping[str, Field]:
        """The record's own fields."""
        return {**system.OF_RECORDS, **self.kind.fields} if self.kind else system.OF_RECORDS

    @property
    def link_fields(self) -> Mapping[str, Field]:
        """The fields of the link; none where no link led here."""
        return system.link_fields(self.side.relation) if self.side else {}

    @property
    def sides(self) -> Mapping[str, Side]:
        """The relations that can be walked from here."""
        return self.model.sides[self.kind.name] if self.kind else {}

    def meaning(self, path: tuple[str, ...]) -> Meaning | None:
        """The field that a path means: one of the record before one of the link."""
        match path:
            case (name,) if name in self.fields:
                return Meaning(self.fields[name], self.own(name))
            case (name,) | ("link", name) if name in self.link_fields:
                return Meaning(self.link_fields[name], (LINK, name))
            case ("insights", engine, name) if engine in scores.ENGINES and name in scores.fields(engine):
                return Meaning(scores.fields(engine)[name], self.own(INSIGHTS, engine, name))
        return None

    def own(self, *keys: str) -> tuple[str, ...]:
        """The keys of something of the record itself."""
        return (NODE, *keys) if self.side else keys

    def names(self) -> list[str]:
        """Every name that means something here, for suggestions."""
        links = [f"link.{name}" for name in self.link_fields]
        insights = [f"{INSIGHTS}.{engine}.{name}" for engine in scores.ENGINES for name in scores.fields(engine)]
        return [*self.fields, *self.link_fields, *links, *insights]

    def beyond(self, side: Side) -> Scope:
        """The records at the far end of a relation."""
        types = side.far.types
        return Scope(self.model, self.model.types[types[0]] if len(types) == 1 else None, side)


def nested(keys: tuple[str, ...], inner: Any) -> Where:
    """A filter that holds something under keys, one inside the other."""
    for key in reversed(keys):
        inner = {key: inner}
    return inner  # type: ignore[no-any-return]  # a dictionary as soon as there is a key
