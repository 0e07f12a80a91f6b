// Composes subgraphs, given on standard input as a JSON object of SDL by name, into a supergraph; prints its SDL or what is wrong, as JSON.
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { text } from 'node:stream/consumers';

const subgraphs = Object.entries(JSON.parse(await text(process.stdin)));
const composed = composeServices(subgraphs.map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `https://${name}.example` })));
const errors = (composed.errors ?? []).map(({ message, extensions }) => ({ message, code: extensions?.code }));
console.log(JSON.stringify({ errors, supergraph: composed.supergraphSdl ?? null }));
