"""What a write consists of: which kinds of work on which types and relations; equal shapes give equal text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.metamodel import RelationType, Validity


class Closing(StrEnum):
    """Why a link leaves the graph: it was true until a moment, or it should never have been."""

    ENDED = "end"
    UNLINKED = "unlink"


@dataclass(frozen=True, slots=True)
class CreateRecords:
    """New records of a type. `keys` are the properties that tell its records apart, for the checks."""

    type: str
    keys: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateRecords:
    """New values for records of a type; rows that change nothing write nothing.

    `searched` where search looks into values of the rows.
    """

    type: str
    keys: tuple[tuple[str, ...], ...] = ()
    searched: bool = False


@dataclass(frozen=True, slots=True)
class CorrectRecords:
    """Values that records of a type have had since a moment that is over; `until` another one, or until now.

    `searched` where search looks into values of the rows, and they are the present ones.
    """

    type: str
    keys: tuple[tuple[str, ...], ...] = ()
    until: bool = False
    searched: bool = False


@dataclass(frozen=True, slots=True)
class LinkKind:
    """What of a relation decides how its links are written."""

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    most_of_source: int | None = None
    most_of_target: int | None = None
    temporal: bool = False
    single: bool = True  # one pair is linked once, or once at a time
    symmetric: bool = False

    @property
    def limited(self) -> bool:
        """Whether an end has a most."""
        return self.most_of_source is not None or self.most_of_target is not None


@dataclass(frozen=True, slots=True)
class CreateLinks:
    """New links. The check is left out where the ends are new themselves and nothing can stand in the way.

    `past` links are over already: they are kept beside the graph, not in it.
    """

    kind: LinkKind
    check_pair: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class UpdateLinks:
    """New values for links; `times` where the rows move the time a link holds for."""

    kind: LinkKind
    times: bool = False


@dataclass(frozen=True, slots=True)
class CloseLinks:
    """Links taken out of the graph and kept beside it."""

    kind: LinkKind
    why: Closing


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """Links that were made or moved, looked at when all is done; `pair` where they may have been moved over another."""

    kind: LinkKind
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A property that must not be missing where the one that decides has one of some values."""

    key: str
    by: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """Records that were changed, looked at when all is done: what their other values ask for must be there."""

    type: str
    asked: tuple[Asked, ...]


Doing = CreateRecords | UpdateRecords | CorrectRecords | CreateLinks | UpdateLinks | CloseLinks
Group = Doing | CheckLimits | CheckAsked


@dataclass(frozen=True, slots=True)
class WriteShape:
    """The shape of a whole write: its groups in order, and whether records must be locked before they are read.

    A statement that `halts` is committed as soon as it has come to its end; so it ends itself by an error when a row
    did not do what it should, or when the model is at another version than the one expected.
    """

    groups: tuple[Group, ...]
    locks: bool = False
    halts: bool = False


def kind_of_link(relation: RelationType) -> LinkKind:
    """The part of a relation that a write depends on."""
    return LinkKind(
        relation.name,
        relation.source.types,
        relation.target.types,
        relation.source.most,
        relation.target.most,
        relation.temporal,
        not relation.repeatable or relation.validity is Validity.EXCLUSIVE,
        relation.symmetric,
    )


def slot(number: int) -> str:
    """The parameter that holds the rows of a group, and the column that says what became of them."""
    return f"w{number}"
