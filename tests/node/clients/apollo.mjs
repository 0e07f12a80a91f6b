// Apollo Client as a web application sets it up, on the server at an address, with a token; prints what it saw, as JSON.
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import { ADD, CHANGED, DEFERRED, MISTAKE, NAMES, PAGE, RENAME, STAFF, noting, until } from './documents.mjs';

const [uri, token] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const { sent, fetched } = noting();
const socket = createClient({ url: uri.replace('http', 'ws'), connectionParams: { authorization } });
const http = ApolloLink.from([
  new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex'), useGETForHashedQueries: true }),
  new HttpLink({ uri, fetch: fetched, headers: { authorization } }),
]);
const client = new ApolloClient({
  link: ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket), http),
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { companies: relayStylePagination(['orderBy']) } } } }),
  incrementalHandler: new GraphQL17Alpha9Handler(),
});
const names = (data) => data.companies.edges.map(({ node }) => node.name);
const change = (document, variables) => client.mutate({ mutation: gql(document), variables });

const refused = (await change(ADD, MISTAKE)).data.createCompany.errors.map(({ code, path }) => ({ code, path }));
const ids = [];
for (const name of NAMES) ids.push((await change(ADD, { input: { data: { name, employees: STAFF } } })).data.createCompany.company.id);

const list = client.watchQuery({ query: gql(PAGE), variables: { first: 2 } });
const shown = [];
await new Promise((first, error) => {
  list.subscribe({
    error,
    next: ({ data, dataState }) => {
      if (dataState === 'complete' && `${names(data)}` !== `${shown.at(-1)}`) first(shown.push(names(data)));
    },
  });
});
const { endCursor } = list.getCurrentResult().data.companies.pageInfo;
await list.fetchMore({ variables: { after: endCursor } });
const paged = sent.filter((each) => each.includes('Page'));

await change(RENAME, { input: { id: ids[0], data: { name: 'Acme & Sons' } } });

let heard;
const follow = client.subscribe({ query: gql(CHANGED) }).subscribe(({ data }) => { heard = data.companyChanged; });
await until(() => heard, (name) => change(RENAME, { input: { id: ids[0], data: { name } } }));
follow.unsubscribe();

const parts = [];
await new Promise((complete, error) => {
  const watched = client.watchQuery({ query: gql(DEFERRED), variables: { id: ids[1] } });
  watched.subscribe({
    error,
    next: ({ data, dataState }) => {
      if (dataState === 'streaming' || dataState === 'complete') parts.push(data.company.employees?.edges[0].node.name ?? null);
      if (dataState === 'complete') complete();
    },
  });
});
await socket.dispose();
client.stop();
const askedAgain = sent.filter((each) => each.includes('Page')).length - paged.length;
console.log(JSON.stringify({ refused, paged, shown: shown.slice(0, 3), askedAgain, heard: heard.kind, parts }));
