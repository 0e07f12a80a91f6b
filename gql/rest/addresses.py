"""What the path of a request names: the records of a type, one of them, its links, one link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gql.rest.problems import refusal
from models.metamodel import EntityType, Metamodel, Side

PREFIX = "/api"
DESCRIPTION = "openapi.json"
RESTORE = "restore"


class Resource(StrEnum):
    """The sorts of things that have an address."""

    RECORDS = "records"
    RECORD = "record"
    RESTORATION = "restoration"
    LINKS = "links"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Address:
    """A path that was understood."""

    resource: Resource
    kind: EntityType
    id: str = ""
    side: Side | None = None
    link: str = ""

    @property
    def relation(self) -> Side:
        """The relation that links are of."""
        assert self.side is not None
        return self.side


def address_of(path: str, model: Metamodel) -> Address:
    """What a path below `/api` names. Raises Refusal, 404."""
    many, *rest = path.strip("/").split("/")
    kind = model.by_root_field.get(many)
    if kind is None or many != kind.many or len(rest) > 3 or not all(rest):
        raise _nothing()
    match rest:
        case []:
            return Address(Resource.RECORDS, kind)
        case [id]:
            return Address(Resource.RECORD, kind, id)
        case [id, name, *link]:
            side = model.sides[kind.name].get(name)
            if side is not None:
                return Address(Resource.LINK if link else Resource.LINKS, kind, id, side, "".join(link))
            if name == RESTORE and not link:
                return Address(Resource.RESTORATION, kind, id)
    raise _nothing()


def of_record(kind: EntityType, id: str) -> str:
    """The address of a record."""
    return f"{PREFIX}/{kind.many}/{id}"


def _nothing() -> Exception:
    return refusal(404, "not_found", f"Nothing has this address; {PREFIX}/{DESCRIPTION} lists those there are.")
