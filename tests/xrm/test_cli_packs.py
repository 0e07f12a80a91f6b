"""`xrm pack` and `xrm model`, run as their users run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.address import Address

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def xrm(clean_neo4j: Address, tmp_path: Path) -> Run:
    """Run a command on the test run's Neo4j."""
    environment = {
        **os.environ,
        "XRM_HOME": str(tmp_path / "home"),
        "NEO4J_URI": clean_neo4j.uri,
        "NEO4J_USERNAME": clean_neo4j.username,
        "NEO4J_PASSWORD": clean_neo4j.password,
        "NEO4J_DATABASE": clean_neo4j.database,
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xrm", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)

    return run


def read(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def test_a_pack_is_checked_without_a_database(tmp_path: Path) -> None:
    pack = tmp_path / "zoo"
    (pack / "types").mkdir(parents=True)
    (pack / "pack.yaml").write_text("name: zoo\nversion: 1.0.0\n")
    (pack / "types" / "animal.yaml").write_text("name: Animal\nplural: Animals\nfields:\n  - {name: x, kind: txt}\n")
    environment = {**os.environ, "XRM_HOME": str(tmp_path / "home"), "NEO4J_URI": "bolt://127.0.0.1:1"}

    def check(what: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xrm", "pack", "check", what]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

    sound, unsound = check("crm"), check(str(pack))

    assert (sound.returncode, sound.stdout.startswith("Sound: core, crm")) == (0, True)
    assert unsound.returncode == 1
    assert unsound.stderr.startswith("zoo/types/animal.yaml:4: 'txt' is none of text, longText,")


def test_packs_go_in_out_and_in_again_and_the_model_is_a_file(xrm: Run, tmp_path: Path) -> None:
    installed = read(xrm("pack", "install", "crm", "--json"))
    listed = read(xrm("pack", "list", "--json"))
    shown = xrm("model", "show")
    (tmp_path / "model.yaml").write_text(shown.stdout, encoding="utf-8")
    applied = read(xrm("model", "apply", str(tmp_path / "model.yaml"), "--json"))
    (tmp_path / "patch.yaml").write_text("types:\n  - name: Company\n    fields: [{name: motto, kind: text}]\n")
    planned = read(xrm("model", "plan", str(tmp_path / "patch.yaml"), "--json"))
    patched = read(xrm("model", "apply", str(tmp_path / "patch.yaml"), "--json"))
    exported = read(xrm("pack", "export", str(tmp_path / "out"), "--all", "--json"))
    again = read(xrm("pack", "install", *(str(tmp_path / "out" / name) for name in exported["packs"]), "--json"))

    assert (installed["packs"], installed["version"]) == (["core", "crm"], 1)
    assert {each["name"]: each["installed"] for each in listed} == {"core": True, "crm": True, "trade": False}
    assert (applied["from"], applied["to"], applied["changes"]) == (1, 1, [])
    assert [change["path"] for change in planned["changes"]] == [["types", "Company", "fields", "motto"]]
    assert (patched["from"], patched["to"]) == (1, 2)
    assert (again["version"], again["changes"]) == (2, [])


def test_a_bad_model_file_is_told_by_its_lines(xrm: Run, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text("types:\n  - name: Company\n    plural: Companies\n    fields:\n      - {name: id, kind: text}\n")

    done = xrm("model", "plan", str(file))

    assert done.returncode == 1
    assert done.stderr.startswith("model.yaml:5: ")
