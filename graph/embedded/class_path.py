"""What Java searches for Neo4j's classes: the jars, those that bear a signature as copies without it.

Java keeps no archive of signed classes and checks one by one, at every start, what the lock has vouched for as a whole. The
copies are made byte for byte alike everywhere, so that a lock of their own vouches for them; where one comes out otherwise,
Java gets the jar as it was published.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from graph.embedded.jars import NEO4J_VERSION

LOCK = Path(__file__).with_name(f"neo4j-{NEO4J_VERSION}-unsigned.lock")
FOLDER = "unsigned"
MANIFEST = "META-INF/MANIFEST.MF"
SIGNATURES = (".SF", ".RSA", ".DSA", ".EC")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
UNIX = 3  # what a zip file says of the system it was made on


@cache
def class_path(jars: Path) -> tuple[Path, ...]:
    """Neo4j's jars in the order in which Java searches them. Copies that are missing or damaged are made."""
    sums = _sums(LOCK)
    return tuple(_unsigned(jar, sums[jar.name]) if jar.name in sums else jar for jar in sorted(jars.glob("*.jar")))


def _sums(lock: Path) -> dict[str, str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def _unsigned(jar: Path, sha256: str) -> Path:
    """The copy of a signed jar, or the jar itself where the copy is not what the lock says."""
    copy = jar.parent / FOLDER / jar.name
    if _sha256(copy) == sha256:
        return copy
    part = copy.with_suffix(f".{os.getpid()}.part")
    try:
        copy.parent.mkdir(exist_ok=True)
        without_signature(jar, part)
        if _sha256(part) != sha256:
            return jar
        part.replace(copy)
    except OSError:  # a full disk or a folder that is closed to us: the start is slower, no more
        return jar
    finally:
        part.unlink(missing_ok=True)
    return copy


def without_signature(jar: Path, copy: Path) -> None:
    """Copy a jar's files in their order, but for its signatures and what its manifest says of single files."""
    with ZipFile(jar) as source, ZipFile(copy, "w", ZIP_STORED) as target:
        for entry in source.infolist():
            if entry.is_dir() or _is_signature(entry.filename):
                continue
            content = source.read(entry)
            written = ZipInfo(entry.filename, EPOCH)
            written.create_system = UNIX
            target.writestr(written, _main_section(content) if entry.filename == MANIFEST else content)


def _is_signature(name: str) -> bool:
    return name.startswith("META-INF/") and name.count("/") == 1 and name.endswith(SIGNATURES)


def _main_section(manifest: bytes) -> bytes:
    """What a manifest says of the whole jar: all up to the first empty line."""
    lines = manifest.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return lines + b"\n\n"


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
