"""What passes between a graph and Spark: a folder of Parquet files out, a file of scores back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph

LINKS, RECORDS, SCORES = "links.parquet", "records.parquet", "scores.parquet"


def export(graph: Graph, folder: Path) -> Path:
    """Write a graph's links (source, target, weight) and records (number, label) as Parquet; the folder, made if need be.

    Parallel links are made one, an undirected link is written both ways. O(n + m).
    """
    import pyarrow as pa
    from pyarrow import parquet

    simple = graph.merged()
    weights = np.ones(simple.m, np.float32) if simple.weights is None else simple.weights
    numbers = np.arange(simple.n, dtype=np.int32)
    folder.mkdir(parents=True, exist_ok=True)
    links = {"source": simple.sources, "target": simple.indices, "weight": weights}
    parquet.write_table(pa.table(links), folder / LINKS)
    labels = numbers if graph.labels is None else [str(label) for label in graph.nodes_in_order]
    parquet.write_table(pa.table({"number": numbers, "label": labels}), folder / RECORDS)
    return folder


def scores(folder: Path, n: int) -> NDArray[np.float64]:
    """Read the scores that a run on Spark left in a folder (columns `number` and `score`), one for each of n records.

    Raises ValueError where a record has none, two, or is not of the graph: then the scores are another graph's.
    """
    from pyarrow import parquet

    table = parquet.read_table(folder / SCORES)
    number, score = table["number"].to_numpy(), table["score"].to_numpy()
    if len(number) != n or not np.array_equal(np.sort(number), np.arange(n)):
        raise ValueError(f"{folder / SCORES} has scores of {len(number)} records, which are not the {n} of the graph.")
    found = np.empty(n)
    found[number] = score
    return found
