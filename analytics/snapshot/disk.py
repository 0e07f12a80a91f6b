"""Snapshots on disk: .npy files that any number of processes map into memory, complete or not there at all.

<folder>/<fingerprint>/<generation>/: one file an array, and `snapshot.json`, which says what they are, how long and with
which checksum. A generation is written beside and renamed into place; the newest sound one counts, the rest is removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
import zlib
from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.links import LinkArrays
from analytics.snapshot.records import Records
from analytics.snapshot.state import Snapshot

FORMAT = 1
MANIFEST = "snapshot.json"
BESIDE = ".making-"
ABANDONED_S = 3600.0  # after which something half-written belongs to nobody any more
UNUSED_S = 30 * 86_400.0
CHUNK = 1 << 24


def fingerprint(identity: str, model_version: int, rights: Hashable, weight_fields: Mapping[str, str]) -> str:
    """The name of the folder for snapshots of a database, for readers with equal rights, at a version of its model."""
    facts = json.dumps([FORMAT, identity, repr(rights), sorted(weight_fields.items())])
    return f"{hashlib.sha256(facts.encode()).hexdigest()[:32]}-{model_version:08d}"


def save(snapshot: Snapshot, folder: Path, name: str) -> None:
    """Keep a snapshot under its fingerprint, and remove what it takes the place of. Raises OSError."""
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f"{BESIDE}{uuid4().hex}"
    beside.mkdir()
    try:
        files = {file: _write(beside / file, array) for file, array in _arrays(snapshot)}
        _write_text(beside / MANIFEST, _manifest(snapshot, files))
        _sync(beside)
        place = home / f"{snapshot.seq:020d}-{time.time_ns():020d}"
        beside.rename(place)
        _sync(home)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _tidy(folder, home, place)


def read(folder: Path, name: str) -> Snapshot | None:
    """The newest snapshot kept under a fingerprint, mapped into memory; None when there is none, or none that is whole."""
    for place in _generations(folder / name):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, EOFError):
            found = _read(place)
            with contextlib.suppress(OSError):
                os.utime(folder / name)
            return found
    return None


def _generations(home: Path) -> list[Path]:
    """Newest first."""
    if not home.is_dir():
        return []
    return sorted((each for each in home.iterdir() if not each.name.startswith(BESIDE)), reverse=True)


def _arrays(snapshot: Snapshot) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "ids.npy", snapshot.ids
    yield "starts.npy", snapshot.starts
    for number, links in enumerate(snapshot.links.values()):
        for name, array in links.arrays.items():
            yield f"{number}.{name}.npy", array


def _manifest(snapshot: Snapshot, files: Mapping[str, tuple[int, int]]) -> str:
    relations = [
        {
            "relation": links.relation,
            "source_first": links.source_first,
            "symmetric": links.symmetric,
            "source_types": links.source_types,
            "arrays": list(links.arrays),
        }
        for links in snapshot.links.values()
    ]
    facts = {
        "format": FORMAT,
        "types": snapshot.types,
        "relations": relations,
        "seq": snapshot.seq,
        "mark": snapshot.mark,
        "taken_at": snapshot.taken_at.isoformat(),
        "model_version": snapshot.model_version,
        "weight_fields": dict(snapshot.weight_fields),
        "files": files,
    }
    text = json.dumps(facts, sort_keys=True)
    return json.dumps({"sum": zlib.crc32(text.encode()), "facts": text})


def _read(place: Path) -> Snapshot:
    outer = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    if zlib.crc32(outer["facts"].encode()) != outer["sum"]:
        raise ValueError(f"{place / MANIFEST} is damaged")
    facts = json.loads(outer["facts"])
    arrays = {file: _mapped(place / file, *expected) for file, expected in facts["files"].items()}
    links = {
        each["relation"]: LinkArrays(
            each["relation"],
            each["source_first"],
            symmetric=each["symmetric"],
            source_types=tuple(each["source_types"]),
            **{name: arrays[f"{number}.{name}.npy"] for name in each["arrays"]},
        )
        for number, each in enumerate(facts["relations"])
    }
    return Snapshot(
        Records(arrays["ids.npy"], tuple(facts["types"]), arrays["starts.npy"]),
        links,
        facts["seq"],
        datetime.fromisoformat(facts["taken_at"]),
        facts["model_version"],
        facts["weight_fields"],
        facts["mark"],
    )


def _write(path: Path, array: NDArray[Any]) -> tuple[int, int]:
    """Length and checksum of the file that now holds an array."""
    with path.open("wb") as file:
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    return path.stat().st_size, _sum(path)


def _mapped(path: Path, size: int, checksum: int) -> NDArray[Any]:
    """The array in a file, read-only; its pages come when they are asked for. Raises ValueError when it is damaged."""
    if path.stat().st_size != size or _sum(path) != checksum:
        raise ValueError(f"{path} is damaged")
    found: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return found.view(np.ndarray)


def _sum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            checksum = zlib.crc32(part, checksum)
    return checksum


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make sure that the names in a folder are on disk too, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _tidy(folder: Path, home: Path, kept: Path) -> None:
    """Remove older generations and versions, what was left half-written, and folders that nobody has asked for in a month.

    Who has an older generation mapped goes on reading it: the system keeps it until then.
    """
    now = time.time()
    old = [each for each in _generations(home) if each.name < kept.name]
    old += [each for each in folder.glob(f"{home.name.partition('-')[0]}-*") if each.name < home.name]
    old += [each for each in folder.glob(f"*/{BESIDE}*") if _age_s(each, now) > ABANDONED_S]
    old += [each for each in folder.iterdir() if each != home and _age_s(each, now) > UNUSED_S]
    for each in old:
        shutil.rmtree(each, ignore_errors=True)


def _age_s(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except OSError:
        return 0.0
