import { createClient } from 'graphql-ws';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  Client,
  cacheExchange,
  fetchExchange,
  Provider,
  subscriptionExchange,
  useMutation,
  useQuery,
  useSubscription,
} from 'urql';
import { ExportOrder, OrdersChanged, ReadyOrders } from './documents';
import { possync, token, withToken } from './token';

const socket = createClient({
  url: `${possync.replace(/^http/, 'ws')}/graphql`,
  connectionParams: async () => ({ Authorization: `Bearer ${await token()}` }),
});

const client = new Client({
  url: `${possync}/graphql`,
  fetch: withToken,
  preferGetMethod: false,
  exchanges: [
    cacheExchange,
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe({ query: query ?? '', variables: variables as never }, sink as never),
        }),
      }),
    }),
  ],
});

function Orders() {
  const [{ data, error }, again] = useQuery({ query: ReadyOrders, variables: {} });
  const [, exportOrder] = useMutation(ExportOrder);
  const [wrong, setWrong] = useState('');
  useSubscription({ query: OrdersChanged, variables: {} }, (_, event) => {
    again({ requestPolicy: 'network-only' });
    return event;
  });
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <>
      <h1>{data?.orders.totalCount ?? '…'} orders to export</h1>
      {wrong && <p role="alert">{wrong}</p>}
      <ul>
        {data?.orders.edges.map(({ node: o }) => (
          <li key={o.id}>
            {o.number}: {o.total.amount} {o.total.currencyCode}{' '}
            <button
              type="button"
              onClick={async () => {
                const result = await exportOrder({ id: o.id });
                setWrong(result.data?.exportOrder.userErrors[0]?.message ?? result.error?.message ?? '');
              }}
            >
              Export {o.number}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <Provider value={client}>
    <Orders />
  </Provider>,
);
