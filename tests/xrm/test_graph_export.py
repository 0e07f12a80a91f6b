"""`xrm graph export`, run as its users run it: a network for Gephi, tables for notebooks, with titles and scores."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import neo4j
import networkx as nx
import pytest

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain

MODEL = {
    "types": [
        {"name": "Firm", "plural": "Firms", "fields": [{"name": "name", "kind": "text"}], "display": "{name}"},
        {"name": "Town", "plural": "Towns", "fields": [{"name": "name", "kind": "text"}], "display": "{name}"},
    ],
    "relations": [
        {
            "name": "OWNS",
            "source": {"types": ["Firm"], "field": "owned"},
            "target": {"types": ["Firm"], "field": "owners"},
        },
        {
            "name": "LIES_IN",
            "source": {"types": ["Firm"], "field": "town"},
            "target": {"types": ["Town"], "field": "firms"},
        },
    ],
}
SCORES = ["influence_pageRank", "influence_rank", "churn_left"]
FILL = """UNWIND range(0, 3) AS i
CREATE (n:Record:Firm {id: '01936f2e-0000-7000-8000-00000000000' + toString(i), version: 1, name: 'Firm ' + toString(i)})
SET n.insight_influence_pageRank = CASE WHEN i < 2 THEN 0.25 + i / 2.0 END
SET n.insight_influence_rank = CASE WHEN i < 2 THEN 2 - i END, n.insight_churn_left = CASE WHEN i < 2 THEN i = 1 END
WITH collect(n) AS firms
CREATE (t:Record:Town {id: '01936f2e-0000-7000-8000-00000000000a', version: 1, name: 'Delft'})
WITH t, firms[0] AS a, firms[1] AS b, firms[2] AS c, firms[3] AS d
CREATE (a)-[:OWNS {id: 'l1', version: 1}]->(b), (b)-[:OWNS {id: 'l2', version: 1}]->(c)
CREATE (d)-[:LIES_IN {id: 'l3', version: 1}]->(t)"""


@pytest.fixture
async def environment(model_neo4j: Address, neo4j_driver: neo4j.Driver, tmp_path: Path) -> dict[str, str]:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    neo4j_driver.execute_query(FILL)
    await database.close()
    return {
        **os.environ,
        "XRM_HOME": str(tmp_path / "home"),
        "NEO4J_URI": model_neo4j.uri,
        "NEO4J_USERNAME": model_neo4j.username,
        "NEO4J_PASSWORD": model_neo4j.password,
        "NEO4J_DATABASE": model_neo4j.database,
    }


def exported(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xrm", "graph", "export", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


@pytest.mark.anyio
async def test_a_network_opens_elsewhere_with_titles_and_scores(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "new" / "network.graphml"

    done = await asyncio.to_thread(exported, environment, str(path), "--scores", "--json")

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["nodes"], told["edges"], told["format"], told["scores"]) == (5, 3, "graphml", SCORES)
    found = nx.read_graphml(path)
    assert sorted(data["label"] for _, data in found.nodes(data=True)) == [
        "Delft",
        "Firm 0",
        "Firm 1",
        "Firm 2",
        "Firm 3",
    ]
    assert sorted(data["influence_pageRank"] for _, data in found.nodes(data=True) if "influence_pageRank" in data) == [
        0.25,
        0.75,
    ]
    told_of = [data for _, data in found.nodes(data=True) if "influence_rank" in data]
    assert sorted((data["influence_rank"], data["churn_left"]) for data in told_of) == [(1, True), (2, False)]
    assert "reading titles and scores" in done.stderr


@pytest.mark.anyio
async def test_types_and_relations_choose_what_is_written(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "tables"

    done = await asyncio.to_thread(
        exported, environment, str(folder), "--format", "csv", "--type", "Firm", "--relation", "OWNS"
    )

    assert done.returncode == 0, done.stderr
    assert "4 records and 2 links" in done.stdout
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["type"], row["label"]) for row in csv.DictReader(file)] == [
            ("Firm", f"Firm {i}") for i in range(4)
        ]
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as file:
        assert [row["relation"] for row in csv.DictReader(file)] == ["OWNS", "OWNS"]


@pytest.mark.anyio
async def test_what_cannot_be_exported_is_told_and_nothing_is_written_over(
    environment: dict[str, str], tmp_path: Path
) -> None:
    taken = tmp_path / "taken.gexf"
    taken.write_text("mine", encoding="utf-8")

    unknown = await asyncio.to_thread(exported, environment, str(tmp_path / "x.graphml"), "--relation", "LIKES")
    over = await asyncio.to_thread(exported, environment, str(taken), "--format", "gexf")

    assert (unknown.returncode, over.returncode) == (1, 1)
    assert "There is no relation 'LIKES'; there are: " in unknown.stderr
    assert "taken.gexf is there already; name a new file." in over.stderr
    assert taken.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "x.graphml").exists()
