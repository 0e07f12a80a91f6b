"""The example notebook: its cells run in order, as in Jupyter, on a real database, and leave a file that opens."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from crm_worlds import CrmWorld, crm_registry

from graph.address import Address
from graph.session import Database

pytestmark = pytest.mark.anyio
NOTEBOOK = Path(__file__).parents[2] / "docs" / "how-to" / "analyse.ipynb"


def notebook() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return read


def run_cells() -> dict[str, Any]:
    """The names that are known after all cells of code, run one after the other."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for place, cell in enumerate(notebook()["cells"]):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"cell {place}", "exec", dont_inherit=True), names)
    return names


def use(address: Address, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a user sets before Jupyter is started, in a folder of their own."""
    named = {
        "XRM_HOME": str(home),
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home)


async def small_world(database: Database) -> dict[str, str]:
    registry = await crm_registry(database)
    world = CrmWorld()
    companies = {name: world.company(name) for name in ("Acme", "Globex", "Initech")}
    for place, company in enumerate(companies.values()):
        for month in range(1, 4 - place):
            world.order(company, date(2026, month, 1), "10.00")
    await world.write(database, registry.model)
    return companies


async def test_the_notebook_runs_and_its_file_opens(
    model_neo4j: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = await Database.connect(model_neo4j)
    companies = await small_world(database)
    await database.close()
    use(model_neo4j, tmp_path, monkeypatch)

    names = run_cells()

    said = capsys.readouterr().out
    assert names["start"] == companies["Acme"]
    assert [names["taken"].id(number) for number in names["best"].nodes] == [companies["Acme"], names["end"]]
    assert names["best"].strength == pytest.approx(1 / 3)
    assert sum(names["rank"].values()) == pytest.approx(1.0)
    assert companies["Acme"] in said
    graph = nx.read_gexf(tmp_path / "surroundings.gexf")
    assert set(graph) == {companies["Acme"], *graph[companies["Acme"]]}
    assert graph.nodes[companies["Acme"]]["type"] == "Company"
    assert graph.nodes[companies["Acme"]]["pagerank"] == pytest.approx(names["rank"][companies["Acme"]])
    assert {values["relation"] for *_, values in graph.edges(data=True)} == {"PLACED"}


async def test_the_notebook_runs_where_there_is_a_single_record(
    model_neo4j: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await Database.connect(model_neo4j)
    registry = await crm_registry(database)
    lone = CrmWorld()
    lone.company("Alone")
    await lone.write(database, registry.model)
    await database.close()
    use(model_neo4j, tmp_path, monkeypatch)

    names = run_cells()

    assert len(names["best"].nodes) == 1


def test_the_notebook_is_kept_without_outputs() -> None:
    read = notebook()

    assert (read["nbformat"], read["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in read["cells"]}) == len(read["cells"])
    code = [cell for cell in read["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
