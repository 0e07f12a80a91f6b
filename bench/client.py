"""A lean HTTP client for measuring: prepared bytes out, whole answers in, over connections that stay open."""

from __future__ import annotations

import json
import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PIECE_BYTES = 1 << 18
WAIT_S = 60.0
IDLE_S = 3.0


class BadAnswer(Exception):
    """A server answered with an error: its figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server under measurement: where it listens and what is sent along with every request."""

    name: str
    port: int
    headers: Mapping[str, str]

    def request(self, query: str, variables: Mapping[str, Any]) -> bytes:
        """The bytes of one GraphQL request."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        lines = [
            "POST /graphql HTTP/1.1",
            "host: localhost",
            "content-type: application/json",
            "accept: application/json",
            f"content-length: {len(body)}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One connection; opened anew where the server has closed it for being idle."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._open()
        self._used = time.monotonic()

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port), timeout=WAIT_S)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def send(self, request: bytes) -> None:
        """Send a request."""
        if time.monotonic() - self._used > IDLE_S:
            self.socket.close()
            self.socket = self._open()
        self._used = time.monotonic()
        self.socket.sendall(request)

    def ask(self, request: bytes) -> bytes:
        """The body of the answer. Raises BadAnswer when it holds errors."""
        self.send(request)
        return self.receive()

    def receive(self) -> bytes:
        """The body of the answer to what was sent."""
        head, rest = self._head()
        length = _length(head)
        pieces = [rest] if length is None else list(self._fixed(rest, length))
        body = b"".join(pieces) if length is not None else self._chunked(rest)
        if not head.startswith(b"HTTP/1.1 200") or b'"errors":[{' in body:
            raise BadAnswer(f"{head.splitlines()[0].decode()}: {body[:400].decode(errors='replace')}")
        return body

    def _more(self) -> bytes:
        piece = self.socket.recv(PIECE_BYTES)
        if not piece:
            raise BadAnswer("The server closed the connection.")
        return piece

    def _head(self) -> tuple[bytes, bytes]:
        buffer = b""
        while b"\r\n\r\n" not in buffer:
            buffer += self._more()
        head, _, rest = buffer.partition(b"\r\n\r\n")
        return head, rest

    def _fixed(self, rest: bytes, length: int) -> Iterator[bytes]:
        yield rest
        got = len(rest)
        while got < length:
            piece = self._more()
            got += len(piece)
            yield piece

    def _chunked(self, buffer: bytes) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in buffer:
                buffer += self._more()
            size_line, _, buffer = buffer.partition(b"\r\n")
            size = int(size_line.split(b";")[0], 16)
            while len(buffer) < size + 2:
                buffer += self._more()
            if size == 0:
                return body
            body, buffer = body + buffer[:size], buffer[size + 2 :]


def _length(head: bytes) -> int | None:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return None


def latencies_ms(port: int, requests: Sequence[bytes]) -> list[float]:
    """How long each request took, one after another over one connection."""
    connection, taken = Connection(port), []
    for request in requests:
        began = time.perf_counter()
        connection.ask(request)
        taken.append((time.perf_counter() - began) * 1e3)
    return taken


def rate(port: int, requests: Sequence[bytes], *, connections: int, duration_s: float) -> float:
    """Requests a second that so many connections get through, each sending its next as soon as it has its answer."""
    opened = [Connection(port) for _ in range(connections)]
    done, place = 0, 0
    with selectors.DefaultSelector() as ready:
        for connection in opened:
            ready.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(requests[place % len(requests)])
            place += 1
        began = time.perf_counter()
        while (elapsed := time.perf_counter() - began) < duration_s:
            for key, _ in ready.select(timeout=WAIT_S):
                key.data.receive()
                done += 1
                key.data.socket.sendall(requests[place % len(requests)])
                place += 1
        for key in list(ready.get_map().values()):
            key.data.receive()
    return done / elapsed
