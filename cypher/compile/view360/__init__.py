"""The graph part of a record's 360° view as one statement, and where each part of it stands in the row."""

from cypher.compile.view360.statement import CompiledView, Wanted, compile_view
from cypher.compile.view360.walks import MOST_WALKED

__all__ = ["MOST_WALKED", "CompiledView", "Wanted", "compile_view"]
