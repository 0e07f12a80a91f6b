// urql as a web application sets it up, on the server at an address, with a token; prints what it saw, as JSON.
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import { createClient } from 'graphql-ws';
import { ADD, CHANGED, DEFERRED, MISTAKE, NAMES, PAGE, RENAME, STAFF, noting, until } from './documents.mjs';

const [url, token] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const { sent, fetched } = noting();
const socket = createClient({ url: url.replace('http', 'ws'), connectionParams: { authorization } });
const client = new Client({
  url,
  fetch: fetched,
  fetchOptions: { headers: { authorization } },
  exchanges: [
    cacheExchange({ resolvers: { Query: { companies: relayPagination() } } }),
    persistedExchange({ preferGetForPersistedQueries: 'force' }),
    fetchExchange,
    subscriptionExchange({ forwardSubscription: (asked) => ({ subscribe: (sink) => ({ unsubscribe: socket.subscribe(asked, sink) }) }) }),
  ],
});
const names = (data) => data.companies.edges.map(({ node }) => node.name);
const answer = ({ data, error }) => {
  if (error) throw error;
  return data;
};
const change = async (document, variables) => answer(await client.mutation(document, variables).toPromise());

const refused = (await change(ADD, MISTAKE)).createCompany.errors;
const ids = [];
for (const name of NAMES) ids.push((await change(ADD, { input: { data: { name, employees: STAFF } } })).createCompany.company.id);

const first = answer(await client.query(PAGE, { first: 2 }).toPromise());
const shown = [names(first)];
const list = client.query(PAGE, { first: 2, after: first.companies.pageInfo.endCursor });
let following;
await new Promise((complete) => {
  following = list.subscribe((result) => complete(shown.push(names(answer(result)))));
});
const paged = sent.filter((each) => each.includes('Page'));

await change(RENAME, { input: { id: ids[0], data: { name: 'Acme & Sons' } } });

let heard;
const follow = client.subscription(CHANGED, {}).subscribe((result) => { heard = answer(result).companyChanged; });
await until(() => heard, (name) => change(RENAME, { input: { id: ids[0], data: { name } } }));
follow.unsubscribe();
following.unsubscribe();

const parts = [];
await new Promise((complete) => {
  client.query(DEFERRED, { id: ids[1] }).subscribe((result) => {
    parts.push(answer(result).company.employees?.edges[0].node.name ?? null);
    if (!result.hasNext) complete();
  });
});
await socket.dispose();
const askedAgain = sent.filter((each) => each.includes('Page')).length - paged.length;
console.log(JSON.stringify({ refused, paged, shown: shown.slice(0, 3), askedAgain, heard: heard.kind, parts }));
