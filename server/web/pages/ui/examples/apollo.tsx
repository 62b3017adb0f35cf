import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { ApolloProvider, useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ExportOrder, OrdersChanged, ReadyOrders } from './documents';
import { possync, token, withToken } from './token';

const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: ApolloLink.split(
    (operation) => operation.operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(
      createClient({
        url: `${possync.replace(/^http/, 'ws')}/graphql`,
        connectionParams: async () => ({ Authorization: `Bearer ${await token()}` }),
      }),
    ),
    new HttpLink({ uri: `${possync}/graphql`, fetch: withToken }),
  ),
});

function Orders() {
  const { data, error, refetch } = useQuery(ReadyOrders);
  const [exportOrder] = useMutation(ExportOrder);
  const [wrong, setWrong] = useState('');
  useSubscription(OrdersChanged, { onData: () => void refetch() });
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
                const result = await exportOrder({ variables: { id: o.id } });
                setWrong(result.data?.exportOrder.userErrors[0]?.message ?? '');
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
  <ApolloProvider client={client}>
    <Orders />
  </ApolloProvider>,
);
