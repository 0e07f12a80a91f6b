"""The fields every record and every link has, as fields of the model, so that they filter and sort like any other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.metamodel import Field, RelationType

ID = Field("id", "text", required=True, read_only=True)
VERSION = Field("version", "integer", required=True, read_only=True)
CREATED_AT = Field("createdAt", "dateTime", required=True, read_only=True)
UPDATED_AT = Field("updatedAt", "dateTime", required=True, read_only=True)
VALID_FROM = Field("validFrom", "dateTime", read_only=True)
VALID_TO = Field("validTo", "dateTime", read_only=True)

# since when the state of a record has been true, and since when that has been known
TRUE_FROM = Field("validFrom", "dateTime", required=True, read_only=True)
KNOWN_FROM = Field("knownFrom", "dateTime", required=True, read_only=True)

# those that figures are made of
STAMPS: Mapping[str, Field] = MappingProxyType({f.name: f for f in (CREATED_AT, UPDATED_AT)})
OF_LINKS: Mapping[str, Field] = MappingProxyType({f.name: f for f in (ID, VERSION, CREATED_AT, UPDATED_AT)})
OF_TEMPORAL_LINKS: Mapping[str, Field] = MappingProxyType({**OF_LINKS, "validFrom": VALID_FROM, "validTo": VALID_TO})
OF_RECORDS: Mapping[str, Field] = MappingProxyType({**OF_LINKS, "validFrom": TRUE_FROM, "knownFrom": KNOWN_FROM})


def link_fields(relation: RelationType) -> Mapping[str, Field]:
    """The fields of a relation's links, the system's own first."""
    return {**(OF_TEMPORAL_LINKS if relation.temporal else OF_LINKS), **relation.fields}
