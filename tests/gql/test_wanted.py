"""What an operation asks of a fixed field: by field, alias, fragment and in pieces that a directive may leave out."""

from __future__ import annotations

import pytest
import strawberry

from gql.fixed.context import FixedInfo
from gql.fixed.wanted import wants


@strawberry.type
class Way:
    length: int = 1
    records: list[str] = strawberry.field(default_factory=list)


@strawberry.type
class Ways:
    complete: bool
    ways: list[Way] = strawberry.field(default_factory=list)


@strawberry.type
class Query:
    @strawberry.field
    def found(self, info: FixedInfo) -> Ways:
        """Whether the records of ways are asked for."""
        return Ways(complete=wants(info, "ways", "records"))


SCHEMA = strawberry.Schema(Query)


@pytest.mark.parametrize(
    ("asked", "is_wanted"),
    [
        ("ways { records }", True),
        ("ways { length }", False),
        ("records: ways { length }", False),
        ("ways { length } more: ways { names: records }", True),
        ("... on Ways { ways { ... { records } } }", True),
        ("...Some", True),
        ("ways { records @include(if: false) }", True),
        ("", False),
    ],
)
def test_a_field_is_wanted_where_some_selection_leads_to_it(asked: str, is_wanted: bool) -> None:
    fragment = (
        "fragment Some on Ways { ways { ...Names } } fragment Names on Way { records }" if "Some" in asked else ""
    )

    done = SCHEMA.execute_sync(f"{{ found {{ complete {asked} }} }} {fragment}")

    assert done.errors is None
    assert done.data is not None
    assert done.data["found"]["complete"] is is_wanted
