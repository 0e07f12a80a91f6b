"""Exports of graphs, read back by the programs they are for: networkx, pyarrow, the csv module."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from analytics import exporting
from analytics.exporting import Extract, Format
from analytics.exporting import extract as extracting
from analytics.snapshot import Snapshot
from models.errors import NotFound


def ids(kind: int, count: int) -> list[str]:
    return [f"{kind:08x}-0000-7000-8000-{i:012x}" for i in range(count)]


COMPANIES, PEOPLE = ids(1, 2), ids(2, 3)
LABELS = ['Søren & "Söhne" <AG>', "علی رضایی", "tab\tline\nend\r!", "bell\x07 and \x0b gone", "=1+1"]
START, END = datetime(2024, 2, 29, 12, 30, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
LINKS = [
    (PEOPLE[0], COMPANIES[0], "WORKS_AT", 0.1, START, END),
    (PEOPLE[1], COMPANIES[0], "WORKS_AT", 2.5, START, None),
    (PEOPLE[0], COMPANIES[0], "OWNS", None, None, None),
    (PEOPLE[1], PEOPLE[2], "KNOWS", None, None, None),
]


def snapshot() -> Snapshot:
    relations: dict[str, list[tuple[object, ...]]] = {}
    for source, target, relation, *rest in LINKS:
        relations.setdefault(relation, []).append((source, target, *rest))
    return Snapshot.of({"Company": COMPANIES, "Person": PEOPLE}, relations)


def extract(**more: object) -> Extract:
    scores = {
        "risk": np.array([0.25, np.nan, 1 / 3, np.inf, -np.inf]),
        "rank": np.array([1, 2, 3, 4, 2**40]),
        "alive": np.array([True, False, True, True, False]),
        "band": np.array(["high", None, "low & slow", "-", ""], dtype=object),
        "place": np.array([3, None, 1, 2, None], dtype=object),
        "left": np.array([None, False, True, None, False], dtype=object),
    }
    labels = np.array(LABELS, dtype=object)
    return Extract(snapshot(), scores=scores, labels=lambda numbers: labels[numbers].tolist(), **more)


CLEAN = [*LABELS[:3], "bell and  gone", LABELS[4]]
EVERYBODY = [*COMPANIES, *PEOPLE]


def expected(*, gexf: bool = False) -> nx.MultiDiGraph:
    """What a reader must find: attributes that are not known are not there."""
    graph = nx.MultiDiGraph()
    scores = extract().scores
    for place, id in enumerate(EVERYBODY):
        values = {"type": "Company" if place < 2 else "Person", "label": CLEAN[place]}
        for name, column in scores.items():
            value = column.tolist()[place]
            if value is not None and value == value:
                values[name] = value
        graph.add_node(id, **values)
    for source, target, relation, weight, start, end in sorted(LINKS, key=lambda link: order(link[2])):
        values = {"relation": relation}
        if weight is not None:
            values["weight"] = weight
        if start:
            values["validFrom"] = f"{start:%Y-%m-%dT%H:%MZ}"
        if end:
            values["validTo"] = f"{end:%Y-%m-%dT%H:%MZ}"
        graph.add_edge(source, target, **values)
    return graph


def order(relation: str) -> int:
    return ["WORKS_AT", "OWNS", "KNOWS"].index(relation)


def nodes_of(graph: nx.MultiDiGraph) -> dict[str, dict[str, object]]:
    return {node: dict(values) for node, values in graph.nodes(data=True)}


def edges_of(graph: nx.MultiDiGraph) -> list[tuple[str, str, tuple[tuple[str, object], ...]]]:
    kept = ("relation", "weight", "validFrom", "validTo")
    return sorted(
        (a, b, tuple((name, values[name]) for name in kept if name in values))
        for a, b, values in graph.edges(data=True)
    )


def written(format: Format, **more: object) -> bytes:
    file = io.BytesIO()
    exporting.write(extract(**more), format, file)
    return file.getvalue()


def test_graphml_is_read_back_by_networkx_as_it_was() -> None:
    graph = nx.read_graphml(io.BytesIO(written("graphml")))

    assert graph.is_directed()
    assert graph.is_multigraph()
    assert nodes_of(graph) == nodes_of(expected())
    assert edges_of(graph) == edges_of(expected())


def test_gexf_is_read_back_by_networkx_as_it_was() -> None:
    graph = nx.read_gexf(io.BytesIO(written("gexf")))

    assert graph.is_directed()
    assert graph.is_multigraph()
    assert nodes_of(graph) == nodes_of(expected())
    assert edges_of(graph) == edges_of(expected())


def test_parquet_is_read_back_by_pyarrow_with_types_and_nulls(tmp_path: Path) -> None:
    exporting.write(extract(), "parquet", tmp_path / "new")

    nodes, edges = pq.read_table(tmp_path / "new" / "nodes.parquet"), pq.read_table(tmp_path / "new" / "edges.parquet")
    kinds = [pa.float64(), pa.int64(), pa.bool_(), pa.string(), pa.int64(), pa.bool_()]
    assert nodes.schema.types == [pa.string()] * 3 + kinds
    assert nodes["id"].to_pylist() == EVERYBODY
    assert nodes["label"].to_pylist()[:3] == LABELS[:3]
    assert nodes["risk"].to_pylist() == [0.25, None, 1 / 3, np.inf, -np.inf]
    assert nodes["rank"].to_pylist() == [1, 2, 3, 4, 2**40]
    assert nodes["band"].to_pylist() == ["high", None, "low & slow", "-", ""]
    assert nodes["place"].to_pylist() == [3, None, 1, 2, None]
    assert nodes["left"].to_pylist() == [None, False, True, None, False]
    rows = edges.to_pylist()
    assert [(row["source"], row["target"], row["relation"]) for row in rows] == [link[:3] for link in LINKS]
    assert [row["validFrom"] for row in rows] == [START, START, None, None]
    assert [row["validTo"] for row in rows] == [END, None, None, None]
    assert edges["weight"].to_pylist() == [float(np.float32(0.1)), 2.5, None, None]


def test_csv_is_read_back_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    told = exporting.write(extract(), "csv", tmp_path)

    with (tmp_path / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    assert [row["id"] for row in nodes] == EVERYBODY
    assert [row["label"] for row in nodes] == [*LABELS[:3], "bell\x07 and \x0b gone", "'=1+1"]
    assert [row["risk"] for row in nodes] == ["0.25", "", str(1 / 3), "inf", "-inf"]
    assert [row["alive"] for row in nodes] == ["true", "false", "true", "true", "false"]
    assert [row["band"] for row in nodes] == ["high", "", "low & slow", "'-", ""]
    assert [row["weight"] for row in edges] == ["0.1", "2.5", "", ""]
    assert edges[0]["validFrom"] == "2024-02-29T12:30Z"
    assert told.marked == 2
    assert pyarrow.csv.read_csv(tmp_path / "edges.csv").num_rows == 4


@pytest.mark.parametrize(("format", "cleaned"), [("graphml", 1), ("gexf", 1), ("parquet", 0), ("csv", 0)])
def test_what_could_not_be_written_as_it_was_is_said(format: Format, cleaned: int, tmp_path: Path) -> None:
    told = exporting.write(extract(), format, tmp_path / "out")

    assert (told.nodes, told.edges, told.empty, told.cleaned) == (5, 4, 6, cleaned)
    assert told.notes[0] == "6 scores are not known and were left out."


def test_two_tables_into_one_file_are_a_zip_archive() -> None:
    class Pipe(io.RawIOBase):
        """Takes bytes and cannot go back, as a socket."""

        def __init__(self) -> None:
            self.taken = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.taken += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    for format, names in (("csv", ["nodes.csv", "edges.csv"]), ("parquet", ["nodes.parquet", "edges.parquet"])):
        pipe = Pipe()
        exporting.write(extract(), format, pipe)  # type: ignore[arg-type]
        with zipfile.ZipFile(io.BytesIO(bytes(pipe.taken))) as archive:
            assert archive.namelist() == names
            assert archive.testzip() is None


@pytest.mark.parametrize("format", ["graphml", "gexf", "parquet", "csv"])
def test_the_same_extract_gives_the_same_bytes(format: Format) -> None:
    assert written(format) == written(format)


def test_only_the_records_and_links_asked_for_are_written() -> None:
    chosen = np.array([4, 3, 0], np.int32)

    graph = nx.read_graphml(io.BytesIO(written("graphml", nodes=chosen, relations=["WORKS_AT", "KNOWS"])))

    assert list(graph) == [COMPANIES[0], PEOPLE[1], PEOPLE[2]]
    assert {values["relation"] for _, _, values in graph.edges(data=True)} == {"WORKS_AT", "KNOWS"}


def test_as_of_a_moment_only_links_in_force_are_written() -> None:
    graph = nx.read_graphml(io.BytesIO(written("graphml", as_of=datetime(2026, 1, 1, tzinfo=UTC))))

    assert [values["relation"] for *_, values in graph.edges(data=True)] == ["OWNS", "WORKS_AT", "KNOWS"]


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written("gexf")

    monkeypatch.setattr(extracting, "BLOCK", 2)

    assert written("gexf") == whole


@pytest.mark.parametrize("read", [(nx.read_graphml, "graphml"), (nx.read_gexf, "gexf")], ids=["graphml", "gexf"])
def test_an_empty_graph_is_a_file_without_nodes(read: tuple[object, Format]) -> None:
    file: IO[bytes] = io.BytesIO()

    told = exporting.write(Extract(Snapshot.of({})), read[1], file)

    file.seek(0)
    assert len(read[0](file)) == 0  # type: ignore[operator]
    assert told.notes == ()


def test_what_cannot_be_exported_is_refused() -> None:
    with pytest.raises(ValueError, match="A score cannot be called 'label'"):
        Extract(snapshot(), scores={"label": np.zeros(5)})
    with pytest.raises(ValueError, match="Score 'risk' has 2 values for 5 records"):
        Extract(snapshot(), scores={"risk": np.zeros(2)})
    with pytest.raises(NotFound, match="no relation 'LOVES'"):
        Extract(snapshot(), relations=["LOVES"])
    with pytest.raises(ValueError, match="No format 'dot'; there are graphml, gexf, parquet, csv"):
        exporting.write(extract(), "dot", io.BytesIO())  # type: ignore[arg-type]
