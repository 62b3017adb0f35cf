// Runs the GraphQL-over-HTTP audits of npm graphql-http against a server and fails unless all pass.
//
//   npm ci && node run.mjs http://127.0.0.1:8080/graphql [bearer token]
import { serverAudits } from 'graphql-http';

const expected = 61;
const [url, token] = process.argv.slice(2);
if (!url) {
  console.error('usage: node run.mjs URL [TOKEN]');
  process.exit(2);
}

const fetchFn = (input, init = {}) => {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers });
};

const audits = serverAudits({ url, fetchFn });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === 'ok') {
    passed++;
    continue;
  }
  const body = await result.response.text().catch(() => '(read already)');
  console.error(`${result.status} ${audit.id} ${audit.name}\n  ${result.reason}\n  HTTP ${result.response.status} ${body}`);
}
console.log(`${passed} of ${audits.length} audits passed`);
process.exit(passed === audits.length && passed === expected ? 0 : 1);
