// Fails when the built pages weigh more than they may: kB as gzip -9 makes them.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = '../dist';
const kB = (bytes) => bytes / 1000;
const zipped = (file) => kB(gzipSync(readFileSync(file), { level: 9 }).length);
const assets = readdirSync(join(dist, 'assets')).map((name) => join(dist, 'assets', name));
const html = readFileSync(join(dist, 'index.html'), 'utf8');

const first = [...html.matchAll(/\/manage\/(assets\/[^"]+\.js)/g)].map((m) => join(dist, m[1]));
const later = assets.filter((a) => a.endsWith('.js') && !first.includes(a));
const css = assets.filter((a) => a.endsWith('.css'));
const sum = (files) => files.reduce((n, f) => n + zipped(f), 0);
const total = [...assets, join(dist, 'index.html')].reduce((n, f) => n + statSync(f).size / 1e6, 0);

const rows = [
  ['JS of the first load', sum(first), 175, 'kB'],
  ['JS of the largest page', Math.max(0, ...later.map(zipped)), 40, 'kB'],
  ['CSS', sum(css), 12, 'kB'],
  ['everything, not zipped', total, 1, 'MB'],
];
let over = false;
for (const [what, is, most, unit] of rows) {
  const bad = is > most;
  over ||= bad;
  console.log(`${bad ? 'OVER ' : '     '}${what}: ${is.toFixed(unit === 'MB' ? 2 : 1)} of ${most} ${unit}`);
}
if (over) {
  console.error('The pages weigh more than they may: load something later, or leave it out.');
  process.exit(1);
}
