"""Mappings: which columns become which fields and which keys become links, as YAML files and as rules."""

from exchange.mapping.checking import check
from exchange.mapping.reading import parse, read, schema
from exchange.mapping.rules import ByKey, EndRule, Existing, LinkRule, Plan, RecordRule, SameRow, Source

__all__ = [
    "ByKey",
    "EndRule",
    "Existing",
    "LinkRule",
    "Plan",
    "RecordRule",
    "SameRow",
    "Source",
    "check",
    "parse",
    "read",
    "schema",
]
