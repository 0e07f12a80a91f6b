"""Files that people hand over for an import: kept in a folder each, looked at as they come, mended where they lie."""

from exchange.uploads.desk import Desk, Upload
from exchange.uploads.looking import ColumnFacts, FileFacts

__all__ = ["ColumnFacts", "Desk", "FileFacts", "Upload"]
