"""`xrm document`, and what `xrm model plan` tells of breaks: the commands themselves, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.address import Address
from models.documents import id_of
from xrm import cli
from xrm.cli import door

ME, VERSION = "query Me { me { name } }\n", "query Version { model { version } }\n"
MODEL = """types:
- name: Ship
  plural: Ships
  fields:
  - {name: name, kind: text}
  - {name: flag, kind: text, deprecated: Use country.}
"""
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(
    clean_neo4j: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command on the test run's Neo4j; its exit code and what it prints, read as JSON where it was asked for."""
    for name, value in {
        "XRM_HOME": str(tmp_path / "home"),
        "NEO4J_URI": clean_neo4j.uri,
        "NEO4J_USERNAME": clean_neo4j.username,
        "NEO4J_PASSWORD": clean_neo4j.password,
        "NEO4J_DATABASE": clean_neo4j.database,
    }.items():
        monkeypatch.setenv(name, value)

    def ran(*arguments: str) -> tuple[int, Any]:
        code = door.run(cli.application([arguments[0]]), arguments)
        told, complained = capsys.readouterr()
        return code, json.loads(told) if "--json" in arguments and told else told or complained

    return ran


def test_documents_are_added_listed_and_forgotten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ops" / "deep").mkdir(parents=True)
    me, version = tmp_path / "ops" / "me.graphql", tmp_path / "ops" / "deep" / "version.gql"
    me.write_text(ME)
    version.write_text(VERSION)

    assert run("document", "list") == (0, "There are none.\n")
    assert run("document", "add", str(me)) == (0, f"{id_of(ME)}  {me}\n")
    code, added = run("document", "add", str(tmp_path / "ops"), "--json")
    listed = run("document", "list", "--json")[1]
    assert code == 0
    assert {(one["id"], one["name"], one["new"]) for one in added} == {
        (id_of(ME), str(me), False),
        (id_of(VERSION), str(version), True),
    }
    assert {(one["id"], one["text"]) for one in listed} == {(id_of(ME), ME), (id_of(VERSION), VERSION)}

    assert run("document", "forget", id_of(ME), "sha256:" + "0" * 64) == (0, "1 of 2 forgotten.\n")
    assert [one["id"] for one in run("document", "list", "--json")[1]] == [id_of(VERSION)]


def test_documents_that_cannot_be_persisted_are_refused_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    good, broken, binary = (tmp_path / name for name in ("good.graphql", "broken.graphql", "binary.graphql"))
    good.write_text(ME)
    broken.write_text("{ me")
    binary.write_bytes(b"\xff")

    code, told = run("document", "add", str(good), str(broken), str(binary))

    assert code != 0
    assert "broken.graphql is no GraphQL" in told
    assert "binary.graphql cannot be read" in told
    assert "has no *.graphql or *.gql file" in run("document", "add", str(tmp_path / "empty"))[1]
    assert "is no id: write sha256:" in run("document", "forget", "x")[1]
    assert run("document", "list") == (0, "There are none.\n")


def test_a_plan_tells_what_breaks_and_that_clients_had_been_asked_to_expect_it(run: Run, tmp_path: Path) -> None:
    model, change = tmp_path / "model.yaml", tmp_path / "change.yaml"
    model.write_text(MODEL)
    change.write_text("drop: {fields: [Ship.flag, Ship.name]}\n")
    run("model", "apply", str(model))

    code, told = run("model", "plan", str(change))
    plan = run("model", "plan", str(change), "--json")[1]

    breaks = [line for line in told.splitlines() if line.startswith("breaks")]
    assert code == 0
    assert "breaks    Field Ship.flag was removed. It was deprecated: Use country." in breaks
    assert "breaks    Field Ship.name was removed." in breaks
    assert len(plan["breaks"]) > 10
    assert breaks[10:] == [f"breaks    … and {len(plan['breaks']) - 10} more; --json lists them."]
    assert {"code": "FIELD_REMOVED", "message": "Field Ship.name was removed."} in plan["breaks"]
    assert run("model", "show", "--json")[1]["version"] == 1
