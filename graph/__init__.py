"""The only room that talks to Neo4j."""
