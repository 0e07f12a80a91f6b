"""The port that the server listens on, taken before anything slow is begun."""

from __future__ import annotations

import errno
import socket

from models.errors import XrmError

BACKLOG = 2048


class PortUnusable(XrmError):
    """The server cannot listen where it was told to; nothing was started."""

    code = "port_unusable"


def require_free(host: str, port: int) -> None:
    """Do nothing if a server can listen there. Raises PortUnusable with the cure."""
    bound(host, port).close()


def bound(host: str, port: int) -> socket.socket:
    """A socket that holds the port and does not listen yet. Raises PortUnusable with the cure."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        held = socket.socket(family, kind, protocol)
        try:
            # as servers do: a port whose last connections are still closing is free
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind(address)
        except OSError:
            held.close()
            raise
    except OSError as error:
        raise PortUnusable(_sentence(host, port, error)) from error
    return held


def listen(held: socket.socket, host: str, port: int) -> None:
    """Begin to take connections. Raises PortUnusable when another program has begun to in the meantime."""
    try:
        held.listen(BACKLOG)
    except OSError as error:
        raise PortUnusable(_sentence(host, port, error)) from error


def _sentence(host: str, port: int, error: OSError) -> str:
    other = port + 1 if port < 65535 else 8000
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use by another program. Stop that program, or choose another port: "
            f"XRM_PORT={other}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system's administrator. Choose one above 1023, such as XRM_PORT=8000."
    return (
        f"This machine cannot listen on {host} port {port} ({error.strerror or error}). "
        "Set XRM_HOST to an address of this machine, such as 127.0.0.1."
    )
