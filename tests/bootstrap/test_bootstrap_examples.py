"""The packages of the examples: put in once for a lock, left alone while it stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bootstrap import examples
from bootstrap.progress import Progress


def test_a_project_without_examples_needs_nothing(tmp_path: Path) -> None:
    examples.ensure(tmp_path, tmp_path / "no-environment", Progress())

    assert list(tmp_path.iterdir()) == []


def test_an_environment_of_the_same_lock_is_left_alone(tmp_path: Path) -> None:
    lock, stamp = (tmp_path / examples.PYTHON / name for name in ("requirements.lock", examples.STAMP))
    stamp.parent.mkdir(parents=True)
    lock.write_text("nowhere==1.0.0\n", encoding="utf-8")
    stamp.write_text(hashlib.sha256(lock.read_bytes()).hexdigest(), encoding="utf-8")

    examples.ensure(tmp_path, tmp_path / "no-environment", Progress())

    assert [path.name for path in stamp.parent.iterdir()] == [stamp.name]
