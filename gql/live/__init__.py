"""Following the graph: one reader of changes for a process, one statement for all who ask for the same."""
