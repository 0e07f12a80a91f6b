"""All field kinds by name; one file each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.fields.boolean import Boolean
from models.fields.choice import Choice
from models.fields.date import Date
from models.fields.date_time import DateTime
from models.fields.decimal import Decimal
from models.fields.email import Email
from models.fields.geo_point import GeoPointKind
from models.fields.integer import Integer
from models.fields.kind import Kind
from models.fields.long_text import LongText
from models.fields.money import MoneyKind
from models.fields.multi_choice import MultiChoice
from models.fields.number import Number
from models.fields.percent import Percent
from models.fields.phone import Phone
from models.fields.text import Text
from models.fields.url import Url
from models.metamodel import Field

_ALL = (
    Text,
    LongText,
    Integer,
    Decimal,
    MoneyKind,
    Percent,
    Boolean,
    Date,
    DateTime,
    Choice,
    MultiChoice,
    Email,
    Phone,
    Url,
    GeoPointKind,
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind() for kind in _ALL})
_KNOWN: Mapping[str, Kind] = MappingProxyType(
    {**KINDS, Number.name: Number()}
)  # what is computed has a kind of its own


def kind_of(field: Field) -> Kind:
    """The kind that answers for a field."""
    return _KNOWN[field.kind]
