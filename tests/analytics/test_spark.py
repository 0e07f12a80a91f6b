"""The way beyond one machine, walked on this one: the scores that come back from Spark are ours."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.engines import influence
from analytics.graph import Graph
from analytics.kernels import components
from analytics.spark import exchange, export, graphx, scores

ROUNDS = 40  # what is left to go is below 0.85 ** 40 of a score, and with as many dead ends far below


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install xrm[spark]")
    if shutil.which("java") is None:
        pytest.skip("there is no java on the path, which Spark needs")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own
        with graphx.local(threads=1, memory="1g") as session:
            session.sparkContext.setLogLevel("ERROR")
            yield session


def some_graph() -> Graph:
    """300 links among 100 records, 20 of them alone, with loops, parallels and dead ends."""
    chance = np.random.default_rng(7)
    source, target = chance.integers(0, 60, 300), chance.integers(0, 80, 300)
    return Graph.from_links(100, source, target)


@pytest.mark.filterwarnings("ignore")
def test_pagerank_comes_back_from_spark_as_ours(spark: Any, tmp_path: Path) -> None:
    graph = some_graph().unweighted

    graphx.pagerank(spark, export(graph, tmp_path), rounds=ROUNDS)

    ours = influence.run(graph, influence.Parameters(), 0).pagerank
    assert np.abs(scores(tmp_path, graph.n) - ours).max() < 1e-6


@pytest.mark.filterwarnings("ignore")
def test_components_come_back_from_spark_as_ours(spark: Any, tmp_path: Path) -> None:
    graph = some_graph()

    graphx.components(spark, export(graph, tmp_path))

    ours, _ = components.weak(
        graph.indptr, graph.indices
    )  # numbered by their first records, as the least number orders them
    assert np.array_equal(np.unique(scores(tmp_path, graph.n), return_inverse=True)[1], ours)


def test_an_export_holds_every_link_once_and_every_record(tmp_path: Path) -> None:
    from pyarrow import parquet

    graph = Graph.from_links(4, [0, 0, 2], [1, 1, 2], [1.0, 2.0, 5.0], parallel="keep", labels=["a", "b", "c", "d"])

    export(graph, tmp_path)

    links = parquet.read_table(tmp_path / exchange.LINKS).to_pylist()
    assert links == [{"source": 0, "target": 1, "weight": 3.0}, {"source": 2, "target": 2, "weight": 5.0}]
    assert parquet.read_table(tmp_path / exchange.RECORDS)["label"].to_pylist() == ["a", "b", "c", "d"]


def test_scores_of_another_graph_are_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"number": [0, 1, 1], "score": [0.1, 0.2, 0.3]}), tmp_path / exchange.SCORES)

    with pytest.raises(ValueError, match="not the 3 of the graph"):
        scores(tmp_path, 3)
