import { accessible, Demo, expect, instead, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(async () => {
  await demo.start();
  await demo.setUp();
});
test.afterAll(() => demo.stop());
test.beforeEach(async ({ page }) => signIn(page, demo, '/status'));

type Run = { id: string; kind: string; state: string; counts: { itemsRead: number }; shop: { name: string } | null };
const runs = async (): Promise<Run[]> => {
  const { syncRuns } = await demo.api<{ syncRuns: { edges: { node: Run }[] } }>(
    '{ syncRuns(first: 50) { edges { node { id kind state counts { itemsRead } shop { name } } } } }',
  );
  return syncRuns.edges.map((e) => e.node);
};

// B8, B10: one store is read by itself, and its run tells what it did.
test('syncs: one store is read again, and its run is in the history', async ({ page }) => {
  // At the till somebody counts; the website knows after the sync.
  await fetch(`${demo.sandbox}/sandbox/count`, {
    method: 'POST',
    body: JSON.stringify({ itemID: 1, shopID: 1, qoh: 77 }),
  });
  await page.getByRole('button', { name: 'Read the stock of Downtown' }).click();
  await expect.poll(async () => (await runs()).find((r) => r.shop !== null)?.state).toBe('COMPLETED');
  const run = (await runs()).find((r) => r.shop !== null);
  expect(run?.shop?.name).toBe('Downtown');
  type Stock = { posItem: { stock: { shop: { name: string }; onHand: number }[] } };
  const { posItem } = await demo.api<Stock>('{ posItem(lightspeedItemId: "1") { stock { shop { name } onHand } } }');
  expect(posItem.stock.find((s) => s.shop.name === 'Downtown')?.onHand).toBe(77);

  await page.getByRole('link', { name: 'Syncs', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Syncs' })).toBeFocused();
  await expect(page.getByText(`${(await runs()).length} syncs`)).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Failed' }).click();
  await expect(page).toHaveURL(/tab=failed/);
  await expect(page.locator('tbody tr')).toHaveCount(0);
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await page.locator(`a[href$="${run?.id}"]`).first().click();
  await expect(page.getByRole('heading', { level: 1, name: /Downtown$/ })).toBeFocused();
  await expect(page.getByText('Everything matched.')).toBeVisible();
  await accessible(page);
});

// B4: a sync that runs is stopped.
test('syncs: one that runs is stopped', async ({ page }) => {
  const fault = { kind: 'latency', path: 'Item', delayMS: 3_000 };
  await fetch(`${demo.sandbox}/sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
  await page.getByRole('button', { name: 'Read everything' }).click();
  await page.getByRole('button', { name: 'Stop this sync' }).click();
  await fetch(`${demo.sandbox}/sandbox/faults`, { method: 'DELETE' });
  await expect.poll(async () => (await runs()).find((r) => r.kind === 'FULL')?.state).toBe('CANCELLED');
  await expect(page.getByRole('button', { name: 'Stop this sync' })).toBeHidden();
});

// B4: how the last days and the last hour went, in a picture and in words.
test('status: the pictures of the days and of the allowance say the same in words', async ({ page }) => {
  const website = page.getByRole('region', { name: 'On the website' });
  const allowance = page.getByRole('region', { name: 'Lightspeed’s allowance' });
  // A new site knows one day, which makes no line.
  const { displayHistory } = await demo.api<{ displayHistory: unknown[] }>('{ displayHistory { date } }');
  expect(displayHistory).toHaveLength(1);
  await expect(allowance.getByRole('meter')).toBeVisible();
  await expect(website.locator('.spark')).toHaveCount(0);

  await instead(page, 'DisplayHistory', (data) => {
    data.displayHistory = [
      { __typename: 'DisplaySample', date: '2026-03-05', displayed: 1200, hidden: 3800 },
      { __typename: 'DisplaySample', date: '2026-03-06', displayed: 1250, hidden: 3750 },
      { __typename: 'DisplaySample', date: '2026-03-09', displayed: 1900, hidden: 3100 },
    ];
  });
  await instead(page, 'BudgetHour', (data) => {
    const sample = (minutes: number, level: number) => ({
      __typename: 'BudgetSample',
      sampledAt: new Date(Date.now() - minutes * 60_000).toISOString(),
      size: 180,
      level,
    });
    data.budgetSamples = [sample(90, 180), sample(40, 12), sample(39, 90.4), sample(2, 30)];
  });
  await page.reload();
  await expect(
    allowance.getByText(/^Last hour: at most 90 of 180 units used at once, at \d+:\d\d\s[AP]M\.$/),
  ).toBeVisible();
  await expect(allowance.locator('svg rect')).toHaveCount(3); // one is more than an hour old
  await expect(
    website.getByText('Since Mar 5: shown 1,200 → 1,900 (line), not shown 3,800 → 3,100 (dashes).'),
  ).toBeVisible();
  // The days between that have no sample keep their room.
  const [, middle] = ((await website.locator('polyline').last().getAttribute('points')) ?? '').split(' ');
  expect(middle).toMatch(/^70,/);
  await accessible(page);
});

// B10: a run that found more differences than a page has says so, and puts those of one cause together.
test('syncs: the differences of a run stand by their cause, and say how many are left out', async ({ page }) => {
  await instead(page, 'RunPage', (data) => {
    const entry = (n: number) => ({
      __typename: 'Drift',
      lightspeedItemId: String(n),
      field: 'DESCRIPTION',
      before: `Bell ${n}`,
      after: `Bell ${n}, brass`,
      cause: n % 3 === 0 ? 'MISSED' : 'STAMP_NOT_MOVED',
      at: '2026-03-09T10:00:00Z',
      shop: null,
      posItem: null,
    });
    (data.node as Record<string, unknown>).drift = {
      __typename: 'DriftReport',
      count: 312,
      entries: {
        __typename: 'DriftConnection',
        totalCount: 312,
        edges: Array.from({ length: 100 }, (_, n) => ({ __typename: 'DriftEdge', node: entry(n) })),
      },
    };
  });
  await page.getByRole('link', { name: 'Syncs', exact: true }).click();
  await page.locator('tbody a').first().click();
  await expect(page.getByText('The first 100 of 312 differences are shown.')).toBeVisible();
  const drift = page.getByRole('region', { name: 'Drift' });
  const causes = drift.locator('th[scope=rowgroup]');
  await expect(causes).toHaveText([
    /^Lightspeed changed it without moving its time stamp\.\s*66$/,
    /^Its time stamp moved, but no sync received it\.\s*34$/,
  ]);
  await accessible(page);
});

// R6, B13: the sign-in at Lightspeed ends. The pages say so by themselves.
test('alerts: a lost sign-in is told, and dismissed', async ({ page }) => {
  await fetch(`${demo.sandbox}/sandbox/revoke`, { method: 'POST', body: '{}' });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByText('Sign-in needed').first()).toBeVisible();
  await page.getByRole('button', { name: /^Alerts/ }).click();
  await page.getByRole('link', { name: 'All alerts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Alerts' })).toBeFocused();
  type Alert = { id: string; message: string; dismissedBy: string | null; dismissReason: string | null };
  const { alerts } = await demo.api<{ alerts: Alert[] }>('{ alerts { id message } }');
  expect(alerts).toHaveLength(1);
  for (const a of alerts) await expect(page.getByText(a.message).first()).toBeVisible();
  await accessible(page);
  await page
    .getByRole('button', { name: /^Dismiss/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Dismiss this alert?' });
  await dialog.getByLabel('Why it needs no more attention').fill('We are on it');
  await accessible(page);
  await dialog.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(page.getByText('The alert is dismissed')).toBeVisible();
  await expect(page.getByText('Nothing waits for you.')).toBeVisible();
  const { node } = await demo.api<{ node: Alert }>(
    'query($id: ID!) { node(id: $id) { ... on Alert { message dismissedBy dismissReason } } }',
    { id: alerts[0]?.id },
  );
  expect([node.dismissedBy, node.dismissReason]).toEqual(['demo-manage', 'We are on it']);

  // It was dismissed, not mended: its page still says what to do.
  await page.getByRole('link', { name: 'Lightspeed', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lightspeed' })).toBeFocused();
  await accessible(page);
  await expect(page.getByRole('alert').getByRole('button', { name: /^Connect again/ })).toBeVisible();
});
