"""A social network in the form of the LDBC Social Network Benchmark, read through GraphQL and by plain Cypher beside it."""
