"""The class path: signed jars as copies without their signatures, vouched for by a lock; never a jar less."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph.embedded import class_path as module
from graph.embedded.class_path import FOLDER, class_path, without_signature
from graph.embedded.download import ensure_jars
from xrm import settings

MANIFEST = "META-INF/MANIFEST.MF"
SAID = b"Manifest-Version: 1.0\r\nBundle-Name: One\r\n\r\nName: a/A.class\r\nSHA-256-Digest: x=\r\n\r\n"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A folder with a jar that bears a signature and one that does not."""
    with zipfile.ZipFile(tmp_path / "one.jar", "w") as jar:
        jar.writestr(MANIFEST, SAID)
        jar.writestr("META-INF/ONE.SF", "Signature-Version: 1.0\n")
        jar.writestr("META-INF/ONE.RSA", b"\x30\x82")
        jar.writestr("META-INF/services/a.A", "a.B\n")
        jar.writestr("a/", "")
        jar.writestr("a/A.class", b"\xca\xfe")
    with zipfile.ZipFile(tmp_path / "two.jar", "w") as jar:
        jar.writestr("b/B.class", b"\xca\xfe")
    return tmp_path


def locked(monkeypatch: pytest.MonkeyPatch, folder: Path, sha256: str) -> None:
    """Have the lock vouch for one copy."""
    lock = folder / "unsigned.lock"
    lock.write_text(f"# copies\none.jar {sha256}\n")
    monkeypatch.setattr(module, "LOCK", lock)


def sum_of_the_copy(jar: Path) -> str:
    copy = jar.with_suffix(".copy")
    without_signature(jar, copy)
    return module._sha256(copy)


def test_a_copy_holds_every_file_but_the_signature(signed: Path) -> None:
    without_signature(signed / "one.jar", signed / "copy.jar")

    with zipfile.ZipFile(signed / "copy.jar") as copy:
        assert copy.namelist() == [MANIFEST, "META-INF/services/a.A", "a/A.class"]
        assert copy.read(MANIFEST) == b"Manifest-Version: 1.0\nBundle-Name: One\n\n"
        assert copy.read("a/A.class") == b"\xca\xfe"


def test_java_searches_the_copy_in_place_of_the_signed_jar(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked(monkeypatch, signed, sum_of_the_copy(signed / "one.jar"))

    assert class_path(signed) == (signed / FOLDER / "one.jar", signed / "two.jar")


def test_a_damaged_copy_is_made_anew(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = sum_of_the_copy(signed / "one.jar")
    locked(monkeypatch, signed, wanted)
    (signed / FOLDER).mkdir()
    (signed / FOLDER / "one.jar").write_bytes(b"no zip")

    class_path(signed)

    assert module._sha256(signed / FOLDER / "one.jar") == wanted


def test_a_copy_that_comes_out_otherwise_is_not_used(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked(monkeypatch, signed, "0" * 64)

    assert class_path(signed) == (signed / "one.jar", signed / "two.jar")
    assert list((signed / FOLDER).iterdir()) == []


def test_the_lock_vouches_for_the_copies_of_neo4js_own_jars() -> None:
    jars = ensure_jars(settings.load().cache, progress=lambda *_: None)

    copies = [path.name for path in class_path(jars) if path.parent.name == FOLDER]

    assert copies == sorted(module._sums(module.LOCK))
    assert len(class_path(jars)) == len(list(jars.glob("*.jar")))
