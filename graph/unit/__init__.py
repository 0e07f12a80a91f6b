"""The unit of work: commands in, committed data and what was asked of it out; or every problem, and nothing changed."""

from graph.unit.outcome import Outcome, ReadBack
from graph.unit.writing import write

__all__ = ["Outcome", "ReadBack", "write"]
