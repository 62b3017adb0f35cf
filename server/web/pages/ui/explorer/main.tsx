import 'graphiql/graphiql.css';
import './explorer.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import ordersToExport from '../../../../../docs/examples/orders-to-export.graphql?raw';
import setup from '../../../../../docs/examples/setup.graphql?raw';
import syncStatus from '../../../../../docs/examples/sync-status.graphql?raw';
import viewer from '../../../../../docs/examples/viewer.graphql?raw';
import { forget, session, start, token } from '../src/auth';

/** Calls the API as the pages do, with a token of the demo's sign-in. One that it refuses is replaced once. */
const authorised: typeof fetch = async (input, init) => {
  for (let tries = 0; ; tries++) {
    const text = await token();
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${text}`);
    const answer = await fetch(input, { ...init, headers });
    if (answer.status !== 401 || tries > 0) return answer;
    forget(text);
  }
};

const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  fetch: authorised,
  wsClient: createClient({
    url: `${window.location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => ({ Authorization: `Bearer ${await token()}` }),
  }),
});

const examples = [viewer, setup, ordersToExport, syncStatus].map((query) => ({ query: query.trim() }));

const root = createRoot(document.getElementById('root') as HTMLElement);
await start();
root.render(
  <StrictMode>
    {session.get().state === 'in' ? (
      <GraphiQL fetcher={fetcher} defaultTabs={examples} shouldPersistHeaders={false}>
        <GraphiQL.Logo>POS Sync</GraphiQL.Logo>
      </GraphiQL>
    ) : (
      <main className="signed-out">
        <h1>You are not signed in</h1>
        <p>Open the newest link that the terminal shows. Then come back here.</p>
      </main>
    )}
  </StrictMode>,
);
