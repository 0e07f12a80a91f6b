"""What is the same at every door, on doors of the test's own: whose call it is, what is told of it, who hangs up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from gql.execute.rates import CALL, Left
from gql.http import attending
from gql.http.attending import Attending
from graph import bookmarks

pytestmark = pytest.mark.anyio


class Caller:
    """A request, what is sent of it, and what comes back."""

    def __init__(self, *messages: dict[str, Any], method: str = "POST", **headers: str) -> None:
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        self.scope = {"type": "http", "method": method, "scheme": "http", "client": ("192.0.2.1", 9), "headers": named}
        self.messages = [*messages] or [{"type": "http.request", "body": b"{}", "more_body": False}]
        self.hung_up = asyncio.Event()
        self.status = 0
        self.told: dict[str, str] = {}

    async def receive(self) -> Any:
        if self.messages:
            return self.messages.pop(0)
        await self.hung_up.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.told = {name.decode(): value.decode() for name, value in message["headers"]}

    async def asks(self, door: Callable[..., Any]) -> Caller:
        await Attending(door)(self.scope, self.receive, self.send)
        return self


async def answered(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def written(scope: Any, receive: Any, send: Any) -> None:
    kept = bookmarks.present()
    assert kept is not None
    kept.moved_to([*kept.values, "FB:new"])
    await answered(scope, receive, send)


async def test_a_read_tells_nothing_and_a_change_its_bookmark() -> None:
    read = await Caller(xrm_bookmark="FB:old").asks(answered)
    changed = await Caller(xrm_bookmark="FB:old").asks(written)

    assert read.told == {}
    assert changed.told == {"xrm-bookmark": "FB:new|FB:old"}


async def test_a_browser_is_given_a_cookie_and_known_by_it() -> None:
    changed = await Caller(cookie="xrm_session=s; xrm_bookmark=FB:old").asks(written)

    assert changed.told["xrm-bookmark"] == "FB:new|FB:old"
    assert changed.told["set-cookie"] == ("xrm_bookmark=FB:new|FB:old; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax")


async def test_what_is_no_bookmark_reaches_no_door() -> None:
    assert (await Caller(xrm_bookmark="no bookmark").asks(written)).status == 400


async def test_who_has_spent_too_much_is_told_so_whatever_the_door_says() -> None:
    async def spent(scope: Any, receive: Any, send: Any) -> None:
        call = CALL.get()
        assert call is not None
        assert call.address == "192.0.2.1"
        call.left, call.exhausted = Left("person", 10, 2, 41), True
        await answered(scope, receive, send)

    caller = await Caller().asks(spent)

    assert caller.status == 429
    assert caller.told == {
        "ratelimit-policy": '"person";q=10;w=60',
        "ratelimit": '"person";r=2;t=41',
        "retry-after": "41",
    }


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_who_hangs_up_is_worked_for_no_more(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    monkeypatch.setattr(attending, "PATIENCE_S", 0.01)
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        if method == "POST":
            await receive()
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    caller = Caller(method=method)
    asking = asyncio.create_task(caller.asks(slow))
    await begun.wait()
    caller.hung_up.set()
    async with asyncio.timeout(10):
        await asking

    assert ended.is_set()
    assert caller.status == 0


async def test_a_door_that_looks_itself_hears_of_it_and_ends_as_it_likes() -> None:
    async def streaming(scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "http.request"
        assert (await receive())["type"] == "http.disconnect"
        await answered(scope, receive, send)

    caller = Caller()
    caller.hung_up.set()

    assert (await caller.asks(streaming)).status == 200


async def test_a_body_that_comes_slowly_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attending, "PATIENCE_S", 0.001)
    parts = [{"type": "http.request", "body": b"x", "more_body": number < 3} for number in range(4)]

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        for _ in range(3):
            await receive()
            await asyncio.sleep(0.01)
        await answered(scope, receive, send)

    assert (await Caller(*parts).asks(reading)).status == 200
