"""What can be done at each sort of address, and with which parameters: what the door takes and what its description says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gql.rest.addresses import Resource
from gql.rest.parameters import AS_OF, BY, END, FIELDS, KNOWN_AT, LISTING, REASON, SEARCH, Parameter
from models.keys import keys_of
from models.metamodel import EntityType, Side

Methods = Mapping[str, Sequence[Parameter]]

_SINGLE = (FIELDS, AS_OF, KNOWN_AT)
_CHANGED = (FIELDS, REASON)


def offered(resource: Resource, kind: EntityType, side: Side | None = None) -> Methods:
    """The methods of an address by their names, each with its parameters."""
    match resource:
        case Resource.RECORDS:
            upserting: Methods = {"PUT": (BY, *_CHANGED)} if keys_of(kind) else {}
            return {"GET": (*LISTING, SEARCH), "POST": _CHANGED, **upserting}
        case Resource.RECORD:
            return {"GET": _SINGLE, "PATCH": _CHANGED, "DELETE": (REASON,)}
        case Resource.RESTORATION:
            return {"POST": _CHANGED}
        case Resource.LINKS:
            return {"GET": LISTING, "POST": _CHANGED}
        case Resource.LINK:
            assert side is not None
            changing: Methods = {"PATCH": (REASON,)} if has_values(side) else {}
            ending = (END,) if side.relation.temporal else ()
            return {"GET": _SINGLE, **changing, "DELETE": (REASON, *ending)}


def has_values(side: Side) -> bool:
    """Whether links of a relation hold anything that can be changed."""
    return side.relation.temporal or any(not field.read_only for field in side.relation.fields.values())
