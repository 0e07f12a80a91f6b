"""Constraints and indexes: the fixed ones as numbered files beside this one, the others made from the model."""

from cypher.schema.commands import MEANING, PREFIXES, Index, dropped, named, of_links, of_meanings, of_records, unique
from cypher.schema.derived import barrier, derived, listed_by, of_insights, scored_type
from cypher.schema.fixed import fixed

__all__ = [
    "MEANING",
    "PREFIXES",
    "Index",
    "barrier",
    "derived",
    "dropped",
    "fixed",
    "listed_by",
    "named",
    "of_insights",
    "of_links",
    "of_meanings",
    "of_records",
    "scored_type",
    "unique",
]
