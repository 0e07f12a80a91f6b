"""Parameters of a statement: what cannot be used says so with the facts of its sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import GraphQLError

from gql.plan.slots import RequestTime, Slot
from models.fields.kind import InvalidValue


def test_a_value_that_cannot_be_used_is_refused_with_its_code_and_its_facts() -> None:
    def convert(given: Any, clock: Any) -> Any:
        raise InvalidValue("too_long", "At most {longest} characters; this has {length}.", longest=3, length=len(given))

    slot = Slot("p0", lambda variables: variables["text"], convert, "where.name.eq")

    with pytest.raises(GraphQLError, match=r"where\.name\.eq: At most 3 characters; this has 4\.") as refused:
        slot.fill({"text": "long"}, RequestTime(datetime.now(UTC)))

    assert refused.value.extensions == {"code": "too_long", "details": {"longest": 3, "length": 4}}
