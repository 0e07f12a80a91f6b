// The peer: @neo4j/graphql behind graphql-yoga on the database that NEO4J_URI names, with the types in the file TYPES; prints "ready PORT" when it listens.
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";

const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, TYPES } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD), { telemetryDisabled: true });
const typeDefs = readFileSync(TYPES, "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const server = createServer(createYoga({ schema, graphiql: false, logging: false, landingPage: false }));
server.listen(0, "127.0.0.1", () => console.log(`ready ${server.address().port}`));
