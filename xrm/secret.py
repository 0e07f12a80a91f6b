"""The key that signs cursors: as set, or made once and kept in XRM_HOME."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from models.errors import XrmError
from xrm.settings import Settings


class SecretUnusable(XrmError):
    """The kept key cannot be read or written."""

    code = "secret_unusable"


def secret_key(settings: Settings) -> bytes:
    """The key; a first call without XRM_SECRET_KEY makes one that only the owner of XRM_HOME can read."""
    if settings.secret_key:
        return settings.secret_key.encode()
    file = settings.home / "secret-key"
    try:
        return _kept(file) or _made(file)
    except OSError as error:
        message = f"The key in {file} cannot be kept ({error.strerror}). Make XRM_HOME writable, or set XRM_SECRET_KEY."
        raise SecretUnusable(message) from error


def _kept(file: Path) -> bytes:
    try:
        return file.read_bytes().strip()
    except FileNotFoundError:
        return b""


def _made(file: Path) -> bytes:
    """Write a new key whole or not at all; of two processes that try at once, both end with the same one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(secrets.token_urlsafe(32) + "\n")
    try:
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return _kept(file)
