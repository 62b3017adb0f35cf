import { accessible, Demo, expect, signIn, test } from './demo';

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
