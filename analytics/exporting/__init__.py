"""A part of the graph with its scores as files that Gephi, notebooks and Spark read: GraphML, GEXF, Parquet, CSV."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, get_args

from analytics.exporting.extract import Extract
from analytics.exporting.tables import write_csv, write_parquet
from analytics.exporting.written import Written
from analytics.exporting.xml import write_gexf, write_graphml

Format = Literal["graphml", "gexf", "parquet", "csv"]
Opened = Callable[[str], IO[bytes]]

__all__ = ["Extract", "Format", "Written", "write"]


def write(extract: Extract, format: Format, to: Path | IO[bytes]) -> Written:
    """Write an extract, block by block, and tell what was written and what could not be.

    GraphML and GEXF are one file: `to` is its path or an open binary file. Parquet and CSV are two, of nodes and of
    edges: `to` is a folder, made where it is missing, or an open binary file that becomes a zip archive of both (it need not be
    seekable). Memory does not grow with the graph. The same extract gives the same bytes.

    Raises ValueError for a format that is none of these.
    """
    if format not in get_args(Format):
        raise ValueError(f"No format {format!r}; there are {', '.join(get_args(Format))}.")
    if format in ("graphml", "gexf"):
        one = write_graphml if format == "graphml" else write_gexf
        with _file(to) as file:
            return one(extract, file)
    two = write_parquet if format == "parquet" else write_csv
    if isinstance(to, Path):
        to.mkdir(parents=True, exist_ok=True)
        return two(extract, lambda name: (to / name).open("wb"))
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        return two(extract, lambda name: archive.open(zipfile.ZipInfo(name), "w", force_zip64=True))


@contextmanager
def _file(to: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    if not isinstance(to, Path):
        yield to
        return
    with to.open("wb") as file, io.BufferedWriter(file, 1 << 20) as buffered:
        yield buffered
