// Tries on the published schema, and against a running server, what clients of the API use: graphql-codegen, gql.tada, and the caches of Apollo
// and urql. It fails unless all work.
//
//   npm ci && node run.mjs http://127.0.0.1:8080/graphql TOKEN    (the token of a manager)
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkCaches } from './caches.mjs';

const [url, token] = process.argv.slice(2);
if (!url || !token) {
  console.error('usage: node run.mjs URL TOKEN');
  process.exit(2);
}

const here = fileURLToPath(new URL('.', import.meta.url));
const run = (program, ...args) =>
  promisify(execFile)(process.execPath, [`node_modules/${program}`, ...args], { cwd: here }).catch((failed) => {
    throw new Error(`${program} ${args.join(' ')}:\n${failed.stdout}${failed.stderr}`);
  });

const types = async () => {
  await Promise.all([
    run('@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts'),
    run('gql.tada/bin/cli.js', 'generate-output'),
  ]);
  await run('typescript/bin/tsc', '--project', '.');
  console.log('graphql-codegen and gql.tada: their types are what the API answers');
};
await Promise.all([types(), checkCaches(url, token)]);
