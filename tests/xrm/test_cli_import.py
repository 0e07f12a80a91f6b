"""`xrm import`, run as its users run it: tried, killed, gone on with, listed and taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.address import Address

Run = Callable[..., Any]

FIRMS = 40
MODEL = """
types:
  - name: Firm
    plural: Firms
    naturalKeys: [[code]]
    fields: [{name: code, kind: text, required: true}, {name: name, kind: text}, {name: staff, kind: integer}]
  - name: Worker
    plural: Workers
    naturalKeys: [[mail]]
    fields: [{name: mail, kind: email, required: true}]
relations:
  - name: EMPLOYED_AT
    source: {types: [Worker], field: employers}
    target: {types: [Firm], field: employees}
"""
MAPPING = """
name: staff
sources:
  firms:
    file: firms.csv
    records:
      firm: {type: Firm, key: [code], fields: {code: code, name: name, staff: staff}}
  workers:
    file: workers.csv
    records:
      worker: {type: Worker, key: [mail], fields: {mail: mail}}
    links:
      - {relation: EMPLOYED_AT, from: worker, to: {type: Firm, by: {code: firm}}}
"""
LOST = "Employed at: There is no Firm with Code nowhere; the rest of the row is in. Import that record first."
COUNTS = (
    "MATCH (n:Record) RETURN labels(n)[1] AS what, count(*) AS number, count(DISTINCT coalesce(n.code, n.mail)) AS keys"
)


@pytest.fixture
def environment(model_neo4j: Address, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "XRM_HOME": str(tmp_path / "home"),
        "NEO4J_URI": model_neo4j.uri,
        "NEO4J_USERNAME": model_neo4j.username,
        "NEO4J_PASSWORD": model_neo4j.password,
        "NEO4J_DATABASE": model_neo4j.database,
    }


@pytest.fixture
def xrm(environment: dict[str, str]) -> Run:
    """The JSON that a command on the test run's Neo4j answers with; with `refused`, that of its refusal."""

    def run(*arguments: str, refused: bool = False) -> Any:
        command = [sys.executable, "-m", "xrm", *arguments, "--json"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == int(refused), done.stderr + done.stdout
        return json.loads(done.stdout)

    return run


def put(folder: Path) -> list[str]:
    """Files of firms and workers, one of each wrong; the arguments that import them."""
    (folder / "in").mkdir()
    (folder / "model.yaml").write_text(MODEL)
    (folder / "staff.yaml").write_text(MAPPING)
    firms = "".join(f"F{number},Firm {number},{number}\n" for number in range(FIRMS))
    workers = "".join(f"w{number}@x.org,F{number % FIRMS}\n" for number in range(2 * FIRMS))
    (folder / "in" / "firms.csv").write_text(f"code,name,staff\n{firms}X,Ex,many\n")
    (folder / "in" / "workers.csv").write_text(f"mail,firm\n{workers}lost@x.org,nowhere\n")
    return ["import", str(folder / "in"), "--mapping", str(folder / "staff.yaml")]


def killed(arguments: list[str], environment: dict[str, str]) -> None:
    """Start an import and kill -9 it as soon as a part of it is in."""
    command = [sys.executable, "-m", "xrm", *arguments]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(b"Writing"):
                process.kill()
                break
        else:
            pytest.fail("the import ended before it was killed")


def test_an_import_is_tried_killed_gone_on_with_and_taken_back(
    xrm: Run, environment: dict[str, str], neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    arguments = put(tmp_path)
    xrm("model", "apply", str(tmp_path / "model.yaml"))

    tried = xrm(*arguments, "--dry-run")
    killed(arguments, environment)
    (unfinished,) = xrm("import", "list")
    done = xrm(*arguments)
    again = xrm(*arguments)
    counted = {row["what"]: (row["number"], row["keys"]) for row in neo4j_driver.execute_query(COUNTS).records}
    links = neo4j_driver.execute_query("MATCH ()-[l:EMPLOYED_AT]->() RETURN count(l) AS n").records[0]["n"]

    assert (unfinished["status"], unfinished["run"]) == ("running", done["run"])
    assert (tried["dry_run"], done["resumed"], again["resumed"]) == (True, True, False)
    for part in ("records", "links", "rows", "rejected"):
        assert tried[part] == done[part], part
    assert counted == {"Firm": (FIRMS, FIRMS), "Worker": (2 * FIRMS + 1, 2 * FIRMS + 1)}
    assert links == 2 * FIRMS
    assert done["rejected"] == again["rejected"] == {"firms": 1, "workers": 1}
    assert {each["created"] + each["updated"] for each in [*again["records"].values(), *again["links"].values()]} == {0}
    assert (Path(done["rejected_folder"]) / "workers.csv").read_text(encoding="utf-8").splitlines() == [
        "mail,firm,source file,line,reason",
        f"lost@x.org,nowhere,workers.csv,{2 * FIRMS + 2},{LOST}",
    ]

    undone = xrm("import", "undo", done["run"])
    refusal = xrm("import", "undo", done["run"], refused=True)

    assert undone["counts"] == {"deleted": 3 * FIRMS + 1, "unlinked": 2 * FIRMS}
    assert refusal["error"]["problems"][0]["code"] == "undone_already"
    assert [each["status"] for each in xrm("import", "list")] == ["done", "undone"]
    assert neo4j_driver.execute_query("MATCH (n:Record) RETURN count(n) AS n").records[0]["n"] == 0


def test_files_that_are_none_are_refused_in_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    arguments = put(tmp_path)
    (tmp_path / "in" / "firms.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500))
    (tmp_path / "in" / "workers.csv").write_bytes(b"")

    done = subprocess.run(
        [sys.executable, "-m", "xrm", *arguments], env=environment, capture_output=True, text=True, timeout=300
    )

    told = [line for line in done.stderr.splitlines() if str(tmp_path / "in") in line]
    assert done.returncode == 1
    assert told == [
        f"{tmp_path / 'in' / 'firms.csv'}: The file is a PNG picture, not a table. Export it as CSV (UTF-8).",
        f"{tmp_path / 'in' / 'workers.csv'}: The file is empty; its first line must name the columns.",
    ]
