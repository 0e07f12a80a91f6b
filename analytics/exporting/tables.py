"""Two tables, of nodes and of edges: Parquet for notebooks and Spark, CSV for everything else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import IO, Any

from analytics.exporting.extract import Edges, Extract
from analytics.exporting.written import Written

Opened = Callable[[str], IO[bytes]]
NODE_COLUMNS = ("id", "type", "label")
EDGE_COLUMNS = ("source", "target", "relation", "weight", "validFrom", "validTo")
# what a spreadsheet would take for a formula, and the mark itself
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def write_parquet(extract: Extract, opened: Opened) -> Written:
    """`nodes.parquet` and `edges.parquet`, a row group for each block; what is not known is null, times are UTC."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(), "text": pa.string()}
    written = Written()
    text, moment = pa.string(), pa.timestamp("s", tz="UTC")
    columns = {**dict.fromkeys(NODE_COLUMNS, text), **{name: kinds[kind] for name, kind in extract.kinds.items()}}
    nodes, edges = (
        pa.schema(columns),
        pa.schema(zip(EDGE_COLUMNS, (*[text] * 3, pa.float32(), moment, moment), strict=True)),
    )
    with opened("nodes.parquet") as file, pq.ParquetWriter(file, nodes, compression="zstd") as writer:
        for block in extract.node_blocks():
            _count_nodes(block.scores.values(), len(block.ids), written)
            table: list[Sequence[Any]] = [block.ids, block.types, block.labels, *block.scores.values()]
            writer.write_table(pa.table([pa.array(c, f.type) for c, f in zip(table, nodes, strict=True)], schema=nodes))
    with opened("edges.parquet") as file, pq.ParquetWriter(file, edges, compression="zstd") as writer:
        for part in extract.edge_blocks():
            table = _edge_columns(part)
            written.edges += len(part.sources)
            writer.write_table(pa.table([pa.array(c, f.type) for c, f in zip(table, edges, strict=True)], schema=edges))
    return written


def write_csv(extract: Extract, opened: Opened) -> Written:
    """`nodes.csv` and `edges.csv` in UTF-8 with a head row; what is not known is empty, times are UTC.

    A text that begins as a formula does has an apostrophe in front.
    """
    written = Written()
    with opened("nodes.csv") as file:
        _rows(file, [(*NODE_COLUMNS, *(_cell(name, written) for name in extract.scores))])
        for block in extract.node_blocks():
            _count_nodes(block.scores.values(), len(block.ids), written)
            table = zip(block.ids, block.types, block.labels, *block.scores.values(), strict=True)
            _rows(file, ([_cell(value, written) for value in row] for row in table))
    with opened("edges.csv") as file:
        _rows(file, [EDGE_COLUMNS])
        for part in extract.edge_blocks():
            written.edges += len(part.sources)
            _rows(file, ([_cell(value, written) for value in row] for row in zip(*_edge_columns(part), strict=True)))
    return written


def _edge_columns(edges: Edges) -> list[Sequence[Any]]:
    nothing = [None] * len(edges.sources)
    weights = nothing if edges.weights is None else list(edges.weights)
    times = (nothing if column is None else column for column in (edges.valid_from, edges.valid_to))
    return [edges.sources, edges.targets, [edges.relation] * len(nothing), weights, *times]


def _count_nodes(scores: Iterable[Sequence[Any]], nodes: int, written: Written) -> None:
    written.nodes += nodes
    written.empty += sum(value is None for column in scores for value in column)


def _cell(value: Any, written: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%MZ")
    if isinstance(value, str) and value.startswith(FORMULA):
        written.marked += 1
        return f"'{value}"
    return str(value)


def _rows(file: IO[bytes], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    file.write(text.getvalue().encode())
