// The caches of Apollo and urql on the API: pages are merged, what a mutation returns changes what a query shows, and what is gone leaves.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ApolloClient, gql as apolloGql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { buildSchema, introspectionFromSchema } from 'graphql';

const products = `query Products($after: Cursor) {
  products(first: 2, after: $after, orderBy: { field: NAME, direction: ASC }) {
    edges { cursor node { id key name } } pageInfo { hasNextPage endCursor }
  }
}`;
const order = 'query Order($key: String!) { order(key: $key) { id lines { id description } } }';
const orders = 'query Orders { orders(first: 1, where: { cancelled: false }) { edges { node { id key } } } }';
const addLine = `mutation AddLine($input: AddOrderLineInput!) {
  addOrderLine(input: $input) { order { id lines { id description } } userErrors { code message field } }
}`;
const alerts = 'query Alerts { alerts { id message } }';
const pause = 'mutation Pause { pauseExports(input: { reason: "Trying out caches" }) { userErrors { message } } }';
const resume = 'mutation Resume { resumeExports { userErrors { message } } }';
const dismiss = `mutation Dismiss($id: ID!) {
  dismissAlert(input: { alertId: $id, reason: "Seen" }) { alert { id dismissedAt } userErrors { message } }
}`;

// What both caches must do, with the few operations in which they differ.
async function check(name, client) {
  const keys = (data) => data.products.edges.map((e) => e.node.key);
  const first = await client.query(products, {});
  assert.equal(keys(first).length, 2, `${name}: the first page`);
  assert.ok(first.products.pageInfo.hasNextPage);
  const merged = await client.nextPage(products, { after: first.products.pageInfo.endCursor });
  assert.equal(keys(merged).length, 4, `${name}: two pages are one list`);
  assert.deepEqual(keys(merged).slice(0, 2), keys(first));
  assert.equal(new Set(keys(merged)).size, 4, `${name}: no row is there twice`);

  const { key } = (await client.query(orders, {})).orders.edges[0].node;
  const shown = await client.watch(order, { key });
  const { id, lines } = shown.data().order;
  const requests = client.requests();
  const added = await client.mutate(addLine, {
    input: { orderId: id, line: { kind: 'FEE', description: `Gift wrap ${name}`, unitPrice: '1' } },
  });
  assert.deepEqual(added.addOrderLine.userErrors, []);
  await shown.until((data) => data.order.lines.length === lines.length + 1, `${name}: the new line is shown`);
  assert.ok(shown.data().order.lines.some((l) => l.description === `Gift wrap ${name}`));
  assert.equal(client.requests(), requests + 1, `${name}: the mutation's payload is enough, nothing is read again`);
  shown.end();

  await client.mutate(pause, {});
  try {
    const list = await client.watch(alerts, {});
    const alert = list.data().alerts.find((a) => a.message.includes('Trying out caches'));
    assert.ok(alert, `${name}: the pause is an alert`);
    await client.mutate(dismiss, { id: alert.id });
    await list.until((data) => !data.alerts.some((a) => a.id === alert.id), `${name}: the dismissed alert has left the list`);
    list.end();
  } finally {
    await client.mutate(resume, {});
  }
}

// watching holds what a query last showed, and waits until it shows something else.
function watching() {
  let data;
  let woken = () => {};
  return {
    data: () => data,
    show(next) {
      data = next;
      woken();
    },
    async until(is, what) {
      const until = Date.now() + 10_000;
      while (!data || !is(data)) {
        await new Promise((resolve, reject) => {
          const late = setTimeout(() => reject(new Error(`${what}: still ${JSON.stringify(data)}`)), until - Date.now());
          woken = () => {
            clearTimeout(late);
            resolve();
          };
        });
      }
      return data;
    },
  };
}

function counting(headers) {
  let n = 0;
  const send = (input, init) => {
    n++;
    return fetch(input, { ...init, headers: { ...init.headers, ...headers } });
  };
  return { send, count: () => n };
}

function apollo(url, headers, possibleTypes) {
  const { send, count } = counting(headers);
  const client = new ApolloClient({
    link: new HttpLink({ uri: url, fetch: send }),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: { Query: { fields: { products: relayStylePagination(['where', 'orderBy']), alerts: { merge: false } } } },
    }),
  });
  const read = async (query, variables) => (await client.query({ query: apolloGql(query), variables })).data;
  return {
    requests: count,
    query: read,
    async nextPage(query, variables) {
      const pages = client.watchQuery({ query: apolloGql(query) });
      const list = watching();
      const subscription = pages.subscribe(({ data }) => list.show(data));
      await pages.fetchMore({ variables });
      const merged = await list.until((data) => data?.products?.edges.length > 2, 'apollo: two pages are one list');
      subscription.unsubscribe();
      return merged;
    },
    async watch(query, variables) {
      const list = watching();
      const subscription = client.watchQuery({ query: apolloGql(query), variables }).subscribe(({ data }) => list.show(data));
      await list.until((data) => Object.keys(data).length > 0, 'apollo: the first answer');
      return { ...list, end: () => subscription.unsubscribe() };
    },
    async mutate(mutation, variables) {
      const { data } = await client.mutate({
        mutation: apolloGql(mutation),
        variables,
        update(cache, result) {
          const gone = result.data?.dismissAlert?.alert;
          if (gone) cache.evict({ id: cache.identify(gone) }); // lists leave out what is no longer there
        },
      });
      return data;
    },
    stop: () => client.stop(),
  };
}

function urql(url, headers, schema) {
  const { send, count } = counting(headers);
  const client = new Client({
    url,
    fetch: send,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema,
        resolvers: { Query: { products: relayPagination() } },
        updates: {
          Mutation: {
            dismissAlert(result, _args, cache) {
              const gone = result.dismissAlert.alert;
              const list = { query: gql(alerts) };
              if (gone) cache.updateQuery(list, (data) => data && { ...data, alerts: data.alerts.filter((a) => a.id !== gone.id) });
            },
          },
        },
      }),
      fetchExchange,
    ],
  });
  const answer = ({ data, error }) => {
    if (error) throw error;
    return data;
  };
  const read = async (query, variables) => answer(await client.query(gql(query), variables).toPromise());
  return {
    requests: count,
    query: read,
    nextPage: read,
    async watch(query, variables) {
      const list = watching();
      const { unsubscribe } = client.query(gql(query), variables).subscribe((result) => list.show(answer(result)));
      await list.until(() => true, 'urql: the first answer');
      return { ...list, end: unsubscribe };
    },
    mutate: async (mutation, variables) => answer(await client.mutation(gql(mutation), variables).toPromise()),
    stop() {},
  };
}

export async function checkCaches(url, token) {
  const headers = { authorization: `Bearer ${token}` };
  const sdl = await readFile(new URL('../../../docs/schema.graphql', import.meta.url), 'utf8');
  const schema = buildSchema(sdl);
  const possibleTypes = Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type) => type.astNode?.kind === 'InterfaceTypeDefinition' || type.astNode?.kind === 'UnionTypeDefinition')
      .map((type) => [type.name, schema.getPossibleTypes(type).map((t) => t.name)]),
  );
  for (const [name, client] of [
    ['Apollo', apollo(url, headers, possibleTypes)],
    ['urql', urql(url, headers, introspectionFromSchema(schema))],
  ]) {
    await check(name, client);
    client.stop();
    console.log(`${name}'s cache: pages are merged, a payload changes what is shown, what is dismissed leaves`);
  }
}
