"""Cursors: where a row lies in its order, signed, so that nobody can make one or use it under another order."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

import orjson

from cypher import texts
from models.fields.kind import InvalidValue

_SIGNATURE_BYTES = 12


def _sort(value: Any) -> str:
    if value is None:
        return "0"
    return "2" if texts.is_endless(value) else "1"


class Cursors:
    """Makes and reads cursors with one secret key."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"cursor" + secret).digest()

    def make(self, order: str, values: list[Any], tie: str) -> str:
        """`k<what each value is>.<signed values>`: the part before the point shapes the statement.

        A value is missing (0), there (1), or a text that no other text bounds from above (2).
        """
        missing = "".join(map(_sort, values))
        body = orjson.dumps([*values, tie])
        return f"k{missing}.{base64.urlsafe_b64encode(self._sign(order, missing, body) + body).decode().rstrip('=')}"

    def read(self, order: str, cursor: Any) -> tuple[list[Any], str]:
        """The sort values and the id. Raises InvalidValue for a forged cursor or one of another order."""
        try:
            missing, _, rest = cursor.removeprefix("k").partition(".")
            raw = base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4))
            signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
            sound = hmac.compare_digest(signature, self._sign(order, missing, body))
        except (AttributeError, ValueError, binascii.Error):
            sound, body = False, b""
        if not sound:
            raise InvalidValue(
                "bad_cursor", "This cursor was not made for this list in this order; begin again without it."
            )
        *values, tie = orjson.loads(body)
        return values, tie

    def _sign(self, order: str, missing: str, body: bytes) -> bytes:
        message = b"\0".join((order.encode(), missing.encode(), body))
        return hmac.digest(self._secret, message, "sha256")[:_SIGNATURE_BYTES]
