"""The only room that talks to Neo4j."""

from graph import lean_driver

lean_driver.load()
