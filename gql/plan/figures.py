"""What figures are asked for with, checked: the share of a percentile."""

from __future__ import annotations

from typing import Any

from cypher.compile.finishing import WHOLE
from models.fields.decimal import exact
from models.fields.kind import InvalidValue

_ADVICE = "give a share from 0 to 1 with at most six digits after the point, such as 0.95, not {}."


def millionths(value: Any) -> int:
    """The share of a percentile in millionths. Raises InvalidValue."""
    share = exact(value) * WHOLE
    if not 0 <= share <= WHOLE or share != share.to_integral_value():
        raise InvalidValue("bad_percentile", _ADVICE.format(value))
    return int(share)
