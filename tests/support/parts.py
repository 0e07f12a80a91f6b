"""Answers in parts put together again, as a client puts them together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from gql.execute.delivering import Deferring
from gql.execute.executor import Executor
from models.actor import SYSTEM, Actor

Message = Mapping[str, Any]


@dataclass
class Together:
    """What has come by now."""

    data: Any = None
    errors: list[Any] = field(default_factory=list)
    pending: dict[str, list[Any]] = field(default_factory=dict)
    announced: list[tuple[str | None, list[Any]]] = field(default_factory=list)
    failed: list[list[Any]] = field(default_factory=list)

    def add(self, message: Message) -> None:
        """Take in the next message, which must be well formed."""
        if "data" in message:
            self.data = message["data"]
        self.errors += message.get("errors", [])
        for each in message.get("pending", []):
            assert each["id"] not in self.pending
            self.pending[each["id"]] = each["path"]
            self.announced.append((each.get("label"), each["path"]))
        for each in message.get("incremental", []):
            into(self.at(self.pending[each["id"]]), each["data"])
            self.errors += each.get("errors", [])
        for each in message.get("completed", []):
            path = self.pending.pop(each["id"])
            if "errors" in each:
                self.errors += each["errors"]
                self.failed.append(path)
        assert message["hasNext"] is bool(self.pending)

    def at(self, path: Iterable[str | int]) -> Any:
        """What stands at a path, which must be there by now."""
        found = self.data
        for step in path:
            found = found[step]
        return found


def into(whole: Any, more: Any) -> Any:
    """More of an answer put into it; what is there already must be the same."""
    if isinstance(whole, dict) and isinstance(more, dict):
        for key, value in more.items():
            whole[key] = into(whole[key], value) if key in whole else value
        return whole
    if isinstance(whole, list) and isinstance(more, list):
        assert len(whole) == len(more)
        return [into(one, other) for one, other in zip(whole, more, strict=True)]
    assert whole == more
    return whole


def together(messages: Iterable[Message]) -> Together:
    """All messages put together."""
    whole = Together()
    for each in messages:
        whole.add(each)
    assert not whole.pending
    return whole


async def in_parts(
    executor: Executor, text: str, variables: Mapping[str, Any] | None = None, actor: Actor = SYSTEM
) -> list[Message]:
    """The messages that an operation is answered with; it must be one that defers something."""
    answer = await Deferring(executor).execute(text, variables, None, actor)
    assert answer is not None
    messages = [orjson.loads(answer.first.body)]
    if answer.more is not None:
        messages += [orjson.loads(each.body) async for each in answer.more]
    return messages


def parted(body: bytes) -> list[Message]:
    """The messages in a multipart body with the boundary `-`."""
    before, *parts, after = body.split(b"\r\n---")
    assert (before, after) == (b"", b"--\r\n")
    heads, bodies = zip(*(part.split(b"\r\n\r\n", 1) for part in parts), strict=True)
    assert set(heads) == {b"\r\ncontent-type: application/json; charset=utf-8"}
    return [json.loads(each) for each in bodies]
