"""What the columns of files most likely mean: types, fields, keys and links, each with how sure that is and why."""

from exchange.guessing.mapping import Guessed, SourceGuess, guessed, guessed_as
from exchange.guessing.matching import ColumnGuess

__all__ = ["ColumnGuess", "Guessed", "SourceGuess", "guessed", "guessed_as"]
