"""Beyond one machine: a graph out as Parquet, GraphX on a Spark of the user's (`xrm[spark]`), the scores back in.

Nothing here is imported unless it is called for. On one machine our own kernels take a fraction of the time and the memory.
"""

from analytics.spark.exchange import export, scores
from analytics.spark.graphx import components, local, pagerank

__all__ = ["components", "export", "local", "pagerank", "scores"]
