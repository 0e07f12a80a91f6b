"""A snapshot of the graph in, scores with reasons out."""
