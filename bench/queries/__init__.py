"""Queries and a mutation over a graph of 670,000 nodes and links, beside @neo4j/graphql on the same database."""
