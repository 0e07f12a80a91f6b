"""Jars from the Maven repository into the cache: in parallel, resumed where a start broke off, verified against the lock."""

from __future__ import annotations

import errno
import hashlib
import http.client
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.embedded import repository
from graph.embedded.errors import DiskFull, JarsDiffer, JarsUnreachable
from graph.embedded.file_lock import FileLock
from graph.embedded.jars import NEO4J_VERSION, Jar, read_lock

PARALLEL = 8
TIMEOUT_S = 15.0
PAUSES_S = (0.5, 2.0)
PIECE_BYTES = 1 << 18
LOOK_S = 0.5  # between looks at how far another process is

Progress = Callable[[str, float | None], None]


def ensure_jars(cache: Path, *, progress: Progress, maven: str = "", jars: tuple[Jar, ...] = ()) -> Path:
    """The folder that holds every jar of the lock, each verified; fetches what is missing or damaged.

    Starts in several processes share one cache: one fetches, the others wait and find everything there.
    """
    wanted = jars or read_lock()
    folder = cache / f"neo4j-{NEO4J_VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder, wanted, progress):
        missing = _unsound(folder, wanted)
        if missing:
            _fetch_all(folder, missing, repository.address(maven), progress)
    return folder


@contextmanager
def _alone(folder: Path, jars: tuple[Jar, ...], progress: Progress) -> Iterator[None]:
    lock = FileLock(folder / ".lock")
    total_bytes = sum(jar.size_bytes for jar in jars)
    while not lock.take(wait_s=LOOK_S):
        progress(
            f"Waiting for Neo4j ({total_bytes >> 20} MB), which is being downloaded", _there(folder, jars) / total_bytes
        )
    try:
        yield
    finally:
        lock.release()


def _there(folder: Path, jars: Iterable[Jar]) -> int:
    """How many bytes of the jars are there, whole or in part."""
    found = 0
    for jar in jars:
        for name in (jar.name, f"{jar.name}.part"):
            with suppress(FileNotFoundError):
                found += min((folder / name).stat().st_size, jar.size_bytes)
    return found


def missing_jars(cache: Path) -> int:
    """How many jars of the lock are not soundly in the cache."""
    return len(_unsound(cache / f"neo4j-{NEO4J_VERSION}", read_lock()))


def _unsound(folder: Path, jars: Iterable[Jar]) -> list[Jar]:
    """The jars that are absent or hold something else than the lock says."""
    wanted = list(jars)
    with ThreadPoolExecutor(PARALLEL) as pool:
        sound = pool.map(lambda jar: _is_sound(folder / jar.name, jar), wanted)
        return [jar for jar, good in zip(wanted, sound, strict=True) if not good]


def _is_sound(path: Path, jar: Jar) -> bool:
    if not path.is_file() or path.stat().st_size != jar.size_bytes:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256


class _Stopped(Exception):
    """Another jar failed or the user pressed Ctrl-C: keep what is there for the next start."""


class _Meter:
    """Adds up what all threads have fetched and tells it as one progress."""

    def __init__(self, jars: list[Jar], progress: Progress) -> None:
        self._total_bytes = sum(jar.size_bytes for jar in jars)
        self._done_bytes = 0
        self._progress = progress
        self._lock = threading.Lock()
        self.stopped = threading.Event()

    def add(self, size_bytes: int) -> None:
        with self._lock:
            self._done_bytes += size_bytes
            done = min(self._done_bytes / self._total_bytes, 1.0)
            self._progress(f"Downloading Neo4j ({self._total_bytes >> 20} MB)", done)


def _fetch_all(folder: Path, jars: list[Jar], base: str, progress: Progress) -> None:
    meter = _Meter(jars, progress)
    with ThreadPoolExecutor(PARALLEL) as pool:
        fetches = [pool.submit(_fetch, folder, jar, base, meter) for jar in jars]
        try:
            for fetch in as_completed(fetches):
                fetch.result()
        except BaseException:
            meter.stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _fetch(folder: Path, jar: Jar, base: str, meter: _Meter) -> None:
    """Fetch one jar and put it in its place in one step, so that a file under its final name is whole."""
    part = folder / f"{jar.name}.part"
    address = f"{base}/{jar.path}"
    for pause_s in (*PAUSES_S, None):
        try:
            _resume(part, address, jar, meter)
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise DiskFull(folder) from error
            if pause_s is None or not _may_pass(error):
                raise JarsUnreachable(address, _reason(error)) from error
            meter.stopped.wait(pause_s)
            continue
        if _is_sound(part, jar):
            part.replace(folder / jar.name)
            return
        part.unlink(missing_ok=True)
    raise JarsDiffer(jar.file_name, address)


def _resume(part: Path, address: str, jar: Jar, meter: _Meter) -> None:
    """Fetch what the part still lacks. Raises ConnectionError when the repository hung up before the end."""
    have = part.stat().st_size if part.exists() else 0
    if have >= jar.size_bytes:
        meter.add(jar.size_bytes)
        return
    request = urllib.request.Request(address, headers={"User-Agent": "xrm"})  # noqa: S310 - the user's own choice of mirror
    if have:
        request.add_header("Range", f"bytes={have}-")
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - as above
        resumed = have > 0 and answer.status == http.HTTPStatus.PARTIAL_CONTENT
        meter.add(have if resumed else 0)
        with part.open("ab" if resumed else "wb") as file:
            while piece := answer.read(PIECE_BYTES):
                if meter.stopped.is_set():
                    raise _Stopped
                file.write(piece)
                meter.add(len(piece))
    if part.stat().st_size < jar.size_bytes:
        raise ConnectionError("the connection ended too early")


def _may_pass(error: Exception) -> bool:
    """Whether another try can help: not when the repository has said no."""
    return not isinstance(error, urllib.error.HTTPError) or error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", "")) or str(error) or type(error).__name__
