// What the browser tests stand on: a fresh demo for each file, a signed-in page that may not complain, and the API to read effects.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type Axe from 'axe-core';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
type AxeRules = { type: 'tag' | 'rule'; values: string[] };

const program = resolve(process.env.POSSYNC ?? '../../../../bin/possync');

export class Demo {
  url = '';
  sandbox = '';
  token = '';
  /** How long a start may take, in ms. */
  patience = 60_000;
  /** Of a browser that has signed in. */
  cookies: Cookies = [];
  #output = '';
  #taken = 0;
  #process?: ChildProcess;
  #dir = '';

  #options: string[] = [];

  async start(...options: string[]) {
    this.#dir ||= mkdtempSync(join(tmpdir(), 'possync-e2e-')); // here: Playwright makes demos that no test starts
    this.#options = options;
    this.#output = '';
    this.#taken = 0;
    this.#process = spawn(
      program,
      [
        'demo',
        '--listen',
        '127.0.0.1:0',
        '--sandbox-listen',
        '127.0.0.1:0',
        '--dir',
        this.#dir,
        '--items',
        '300',
        '--products',
        '200',
        '--traffic',
        '0',
        '--orders',
        '0',
        '--no-colleague',
        ...options,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#process.stdout?.on('data', (b) => {
      this.#output += b;
    });
    await expect.poll(() => this.#output, { timeout: this.patience }).toContain('Press Ctrl-C here');
    this.url = /API\s+(http:\/\/\S+)\/graphql/.exec(this.#output)?.[1] ?? '';
    this.sandbox = /Lightspeed\s+(http:\/\/\S+)/.exec(this.#output)?.[1] ?? '';
    this.token = /export TOKEN=(\S+)/.exec(readFileSync(join(this.#dir, 'by-hand.txt'), 'utf8'))?.[1] ?? '';
  }

  /** The newest sign-in link, each once. */
  async link(): Promise<string> {
    const links = () => [...this.#output.matchAll(/http:\/\/\S+#code=\w+/g)].map((m) => m[0]);
    await expect.poll(() => links().length).toBeGreaterThan(this.#taken);
    this.#taken = links().length;
    return links().at(-1) ?? '';
  }

  /** A token of another role, made with the demo's own key. */
  tokenOf(role: 'view' | 'manage' | 'service', ...more: string[]): string {
    return execFileSync(program, ['token', '--dir', this.#dir, '--role', role, ...more])
      .toString()
      .trim();
  }

  /** Calls the API as a program does. */
  async api<T = Record<string, never>>(query: string, variables: object = {}, token = this.token): Promise<T> {
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] };
    expect(errors ?? []).toEqual([]);
    return data;
  }

  /** Connects the local Lightspeed and maps its stores through the API, waits for the first sync, and goes live. */
  async setUp({ live = true, patience = 30_000 } = {}) {
    const { connectLightspeed } = await this.api<{ connectLightspeed: { authorizeUrl: string } }>(
      'mutation { connectLightspeed(input: {}) { authorizeUrl } }',
    );
    const page = await fetch(connectLightspeed.authorizeUrl, {
      method: 'POST',
      body: new URLSearchParams({ user: 'admin', decision: 'allow' }),
    });
    const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(await page.text())?.[0];
    await this.api('mutation($code: String!) { completeConnection(input: {code: $code}) { userErrors { message } } }', {
      code,
    });
    type Named = { id: string; name: string };
    const read = async () => (await this.api<{ shops: Named[] }>('{ shops { id name } }')).shops;
    await expect.poll(async () => (await read()).length, { timeout: 30_000 }).toBeGreaterThan(0);
    const shops = await read();
    const { locations } = await this.api<{ locations: Named[] }>('{ locations { id name } }');
    const mappings = shops.map((s) => ({ shopId: s.id, locationId: locations.find((l) => l.name === s.name)?.id }));
    await this.api(
      'mutation($mappings: [StoreMappingInput!]!) { setStoreMappings(input: {mappings: $mappings}) { userErrors { message } } }',
      { mappings },
    );
    const ready = '{ setup { readyToGoLive wouldDisplay issues { code } } }';
    type Ready = { setup: { readyToGoLive: boolean; wouldDisplay: number; issues: { code: string }[] } };
    const found = async () => {
      const { setup } = await this.api<Ready>(ready);
      const reads = setup.issues.some((i) => i.code === 'FIRST_SYNC_PENDING');
      return setup.readyToGoLive && !reads ? setup.wouldDisplay : 0;
    };
    await expect.poll(found, { timeout: patience }).toBeGreaterThan(0);
    if (!live) return;
    await this.api('mutation { goLive { userErrors { message } } }');
    await expect.poll(async () => await this.shown(), { timeout: 30_000 }).toBeGreaterThan(0);
  }

  /** Switches order exporting on, with the first employee and register. */
  async exportOn() {
    type Ided = { id: string }[];
    const { employees, registers } = await this.api<{ employees: Ided; registers: Ided }>(
      '{ employees { id } registers { id } }',
    );
    await this.api(
      'mutation($e: ID!, $r: ID!) { updateExportSettings(input: {enabled: true, employeeId: $e, registerId: $r}) { userErrors { message } } }',
      { e: employees[0]?.id, r: registers[0]?.id },
    );
  }

  /** How many items the website shows. */
  async shown(): Promise<number> {
    return (await this.api<{ diagnosisSummary: { displayed: number } }>('{ diagnosisSummary { displayed } }'))
      .diagnosisSummary.displayed;
  }

  async #end() {
    const p = this.#process;
    if (!p || p.exitCode !== null) return;
    const ended = new Promise((r) => p.once('exit', r));
    p.kill('SIGTERM');
    await ended;
  }

  /** Stops the server, and starts it on the same address with the same database: `away` is done while nobody answers. */
  async restart(away: () => Promise<void>) {
    await this.#end();
    await away();
    await this.start(...this.#options, '--keep', '--listen', this.url.replace('http://', ''));
  }

  async stop() {
    await this.#end();
    if (this.#dir) rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** Fails the test when a page complains: errors of the console, exceptions, reports of the content security policy. */
function listen(page: Page, complaints: string[]) {
  page.on('console', (m) => {
    // Other sites that a test goes through may complain about themselves.
    if (m.type() === 'error' && page.url().includes('/manage/')) complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(String(e)));
}

type Fixtures = { complaints: string[]; allowed: RegExp[] };
type WorkerFixtures = Record<never, never>;

export const test = base.extend<Fixtures, WorkerFixtures>({
  // Complaints that a test brings about on purpose.
  allowed: [[], { option: true }],
  complaints: [
    async ({ allowed }, use) => {
      const found: string[] = [];
      await use(found);
      expect(found.filter((c) => !allowed.some((a) => a.test(c)))).toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page, complaints }, use) => {
    listen(page, complaints);
    await use(page);
  },
});

/** Signs a browser in, and opens a page if there is a path. A link of the demo is used once: its cookie serves the later tests too. */
export async function signIn(page: Page, demo: Demo, path?: string) {
  if (demo.cookies.length > 0) {
    await page.context().addCookies(demo.cookies);
    if (path) await open(page, demo, path);
    return;
  }
  await page.goto(await demo.link());
  // On a busy machine a browser that has just started takes its time.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 30_000 });
  demo.cookies = await page.context().cookies();
  if (path && path !== '/status') await open(page, demo, path);
}

/** Makes the page's person one who may only look. */
export async function onlyView(page: Page, demo: Demo) {
  const token = demo.tokenOf('view');
  await page.route('**/manage/token', (r) => r.fulfill({ json: { token } }));
}

/** Puts other values into what the API answers to a query, or to everything. */
export async function instead(page: Page, operation: string | undefined, put: (data: Record<string, object>) => void) {
  await page.route('**/graphql', async (route) => {
    if (operation && !route.request().postData()?.includes(`query ${operation}`)) return route.fallback();
    // Where the browser has gone on to another address, there is nobody left to answer.
    const answer = await route.fetch().catch(() => undefined);
    const json = await answer?.json().catch(() => undefined);
    if (!answer || !json) return route.abort().catch(() => undefined);
    if (json.data) put(json.data);
    await route.fulfill({ response: answer, json }).catch(() => undefined);
  });
}

export async function open(page: Page, demo: Demo, path: string) {
  await page.goto(`${demo.url}/manage${path}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Waits until what was changed is saved. A toast of the save before may still be there. */
export async function saved(page: Page) {
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Changes not saved' })).toBeHidden();
}

/** What axe looks at: WCAG 2.2 AA and its own advice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the colours alone decide. Everything else is the same in dark. */
const colours = ['color-contrast', 'link-in-text-block'];

/** The rows of a list are alike: axe looks at this many. */
const rows = 6;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page, runOnly: AxeRules): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(
    async ({ runOnly, rows }) => {
      const { axe } = window as unknown as { axe: typeof Axe };
      const found = await axe.run(
        { exclude: [[`tbody > tr:nth-child(n + ${rows + 1})`], [`li:nth-child(n + ${2 * rows + 1})`]] },
        { runOnly, resultTypes: ['violations'] },
      );
      return found.violations.map((v) => {
        const where = v.nodes.map((n) => `${n.html} ${n.failureSummary}`).slice(0, 3);
        return `${v.id}: ${where.join(' | ')}`;
      });
    },
    { runOnly, rows },
  );
}

/** Runs axe on the page as it is: in light, in dark, on a phone of 320 px, where nothing may scroll sideways. */
export async function accessible(page: Page) {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  expect(await violations(page, { type: 'tag', values: tags }), 'in light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, { type: 'rule', values: colours }), 'in dark').toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: before.height });
  expect(await violations(page, { type: 'tag', values: tags }), 'on a phone').toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize(before);
}

export { type BrowserContext, expect, type Page };
