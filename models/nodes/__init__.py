"""neomodel classes of the fixed graph: what is stored beside records and links. Imported by `graph` only."""
