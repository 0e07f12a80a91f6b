"""Data in and out: importers, mappings, undo."""
