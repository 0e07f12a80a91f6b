"""The peer in graph algorithms: a Neo4j with Graph Data Science, and the comparison with it."""
