"""GraphX, which is inside pyspark's wheel and has no Python of its own: reached through py4j.

GraphX takes no weights: its PageRank divides a record's rank evenly among its links, as ours does on `graph.unweighted`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.spark.exchange import LINKS, RECORDS, SCORES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EDGES, RANKED = "edges", "ranked"  # folders of text between Spark and GraphX


@contextmanager
def local(threads: int = 2, memory: str = "2g") -> Iterator[SparkSession]:
    """A Spark on this machine alone, ended with the block; needs a Java that Spark supports, as `java` or in JAVA_HOME."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads}]").appName("xrm")  # type: ignore[attr-defined,unused-ignore]  # pyspark may be missing
    for name, value in {
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(threads),
        "spark.default.parallelism": str(threads),
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        _end(session)


def pagerank(session: SparkSession, folder: Path | str, *, rounds: int = 100, damping: float = 0.85) -> None:
    """PageRank of an exported graph without weights, left in its folder as scores that sum to 1.

    What records without links hold falls evenly on all, as it does in ours: GraphX drops it and then makes the sum right,
    which has the same fixpoint.
    """
    graph, many = _graph(session, str(folder))
    ranks = _on(session).lib.PageRank.run(graph, rounds, 1 - damping, _tag(session), _tag(session))
    _leave(session, ranks.vertices(), str(folder), f"_2 / {many}.0")


def components(session: SparkSession, folder: Path | str) -> None:
    """Weak components of an exported graph, left in its folder: each record's score is the least number in its component."""
    graph, _ = _graph(session, str(folder))
    found = _on(session).lib.ConnectedComponents.run(graph, _tag(session), _tag(session))
    _leave(session, found.vertices(), str(folder), "_2")


def _graph(session: SparkSession, folder: str) -> tuple[Any, int]:
    """GraphX's graph of the links and of the records without any, and how many records there are."""
    links = session.read.parquet(f"{folder}/{LINKS}")
    many = session.read.parquet(f"{folder}/{RECORDS}").count()
    links.selectExpr("concat(source, ' ', target)").write.mode("overwrite").text(f"{folder}/{EDGES}")
    context, graphx = _java(session).sparkContext(), _on(session)
    level = _scala(session).org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
    parts = context.defaultParallelism()
    edges = graphx.GraphLoader.edgeListFile(context, f"{folder}/{EDGES}", False, parts, level, level).edges()
    # a range numbered is pairs of a number and itself: a record's number, and a value that nothing reads
    records = context.range(0, many, 1, parts).zipWithIndex()
    return graphx.Graph.apply(records, edges, 0, level, level, _tag(session), _tag(session)), many


def _leave(session: SparkSession, pairs: Any, folder: str, score: str) -> None:
    """Write GraphX's pairs of number and value as one Parquet file of scores."""
    shutil.rmtree(f"{folder}/{RANKED}", ignore_errors=True)
    pairs.saveAsTextFile(f"{folder}/{RANKED}")
    number = "cast(regexp_extract(value, '[(]([0-9]+),', 1) as int)"
    value = "cast(regexp_extract(value, ',(.*)[)]', 1) as double)"
    read = session.read.text(f"{folder}/{RANKED}").selectExpr(f"{number} as _1", f"{value} as _2")
    read.selectExpr("_1 as number", f"{score} as score").write.mode("overwrite").parquet(f"{folder}/{SCORES}")


def _on(session: SparkSession) -> Any:
    return _scala(session).org.apache.spark.graphx


def _tag(session: SparkSession) -> Any:
    """What Scala wants to know of a class that was erased: that it is an object."""
    return _scala(session).scala.reflect.ClassTag.AnyRef()


def _end(session: SparkSession) -> None:
    """Stop Spark and the Java that pyspark started for it, which otherwise lives as long as this process."""
    from pyspark import SparkContext

    gateway = session.sparkContext._gateway  # noqa: SLF001  # pyspark has no word for it
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()  # Java ends when this does
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001  # the next session starts another one


def _scala(session: SparkSession) -> Any:
    """All classes of Spark's Java, by name."""
    return session._jvm  # noqa: SLF001  # the door that pyspark leaves open


def _java(session: SparkSession) -> Any:
    """The session itself, as Java has it."""
    return session._jsparkSession  # noqa: SLF001  # as above
