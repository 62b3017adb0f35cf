import { accessible, Demo, expect, onlyView, open, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(async () => {
  await demo.start();
  await demo.setUp();
  await demo.exportOn();
});
test.afterAll(() => demo.stop());
test.beforeEach(async ({ page }) => signIn(page, demo));

type Order = {
  id: string;
  key: string;
  number: string;
  exportState: string | null;
  balanceDue: { amount: string };
  lines: { description: string; quantity: string; removed: boolean }[];
  payments: { offline: boolean; state: string; note: string | null }[];
  export: { history: { state: string }[] } | null;
};
const fields = `id key number exportState balanceDue { amount } lines { description quantity removed }
  payments { offline state note } export { history { state } }`;

async function orders(where: string): Promise<Order[]> {
  const found = await demo.api<{ orders: { edges: { node: Order }[] } }>(
    `{ orders(first: 20, where: ${where}) { edges { node { ${fields} } } } }`,
  );
  return found.orders.edges.map((e) => e.node);
}

async function first(where: string): Promise<Order> {
  const [found] = await orders(where);
  if (!found) throw new Error(`no order where ${where}`);
  return found;
}

async function order(key: string): Promise<Order> {
  const found = await demo.api<{ order: Order }>(`query($key: String!) { order(key: $key) { ${fields} } }`, { key });
  return found.order;
}

// Exports are paused while a till is set up again; the list hears of everything by itself.
test('exports are paused and resumed, and the list is live', async ({ page }) => {
  const ready = await first('{blocked: false, exportRequested: false}');
  await open(page, demo, '/orders?view=underway');
  await page.getByRole('button', { name: 'Pause exports' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pause exports' });
  await dialog.getByLabel('Reason').fill('New till 🖥️');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Pause exports' }).click();
  await expect(page.getByRole('heading', { name: 'Exports are paused' })).toBeVisible();
  await expect(page.getByText('New till 🖥️')).toBeVisible();

  // Somebody else asks for an export: it appears, and waits.
  await demo.api('mutation($id: ID!) { exportOrder(input: {orderId: $id}) { userErrors { message } } }', {
    id: ready.id,
  });
  await expect(page.getByRole('link', { name: ready.number, exact: true })).toBeVisible();
  await accessible(page);
  expect((await order(ready.key)).exportState).toBe('QUEUED');

  await page.getByRole('button', { name: 'Resume exports' }).click();
  await expect(page.getByRole('heading', { name: 'Exports are paused' })).toBeHidden();
  await expect.poll(async () => (await order(ready.key)).exportState).toBe('EXPORTED');
  await expect(page.getByRole('link', { name: ready.number, exact: true })).toBeHidden();

  // The order tells each state that its export was in.
  await open(page, demo, `/orders/${ready.key}`);
  const states = (await order(ready.key)).export?.history ?? [];
  expect(states.length).toBeGreaterThan(1);
  const told = page.getByRole('region', { name: 'What happened' });
  expect(states.at(-1)?.state).toBe('EXPORTED');
  await expect(told.getByText('In Lightspeed', { exact: true })).toHaveCount(1);
  await expect(told.getByText('In the queue', { exact: true })).toHaveCount(
    states.filter((h) => h.state === 'QUEUED').length,
  );
  await accessible(page);
});

test('an order that the platform sends appears in the list', async ({ page }) => {
  await open(page, demo, '/orders?view=all');
  await expect(page.getByRole('checkbox', { name: 'Select all on this page' })).toBeVisible();
  await demo.api(
    `mutation($input: ImportOrdersInput!) { importOrders(input: $input) { results { userErrors { message } } userErrors { message } } }`,
    {
      input: {
        orders: [
          {
            key: 'late',
            number: 'WEB-LATE',
            sourceVersion: 1,
            currencyCode: 'USD',
            placedAt: '2026-01-02T10:00:00Z',
            lines: [{ key: '1', kind: 'FEE', description: 'Fitting', quantity: '1', unitPrice: '20.00' }],
          },
        ],
      },
    },
    demo.tokenOf('service'),
  );
  await expect(page.getByRole('link', { name: 'WEB-LATE', exact: true })).toBeVisible();
});

test('a payment that was recorded by mistake is voided', async ({ page }) => {
  const due = await first('{blockers: [BALANCE_DUE]}');
  await demo.api(
    'mutation($id: ID!, $amount: Decimal!) { captureOfflinePayment(input: {orderId: $id, amount: $amount, note: "At the counter"}) { userErrors { message } } }',
    { id: due.id, amount: due.balanceDue.amount },
  );
  await open(page, demo, `/orders/${due.key}`);
  await page.getByRole('button', { name: /^Void / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason (optional)').fill('Another customer');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Void' }).click();
  await expect(page.getByText('The payment was voided')).toBeVisible();
  const now = await order(due.key);
  expect(now.balanceDue).toEqual(due.balanceDue);
  expect(now.payments.filter((p) => p.offline)).toMatchObject([
    { state: 'VOIDED', note: expect.stringContaining('Another customer') },
  ]);
  await expect(page.getByRole('button', { name: /^Void/ })).toHaveCount(0);
});

test('the quantity of a line is changed', async ({ page }) => {
  const due = await first('{blockers: [BALANCE_DUE]}');
  const line = due.lines.find((l) => !l.removed);
  await open(page, demo, `/orders/${due.key}`);
  await page.getByRole('button', { name: `Change quantity ${line?.description}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Quantity').fill('many');
  await expect(dialog.getByText('Enter a number of units.')).toBeVisible();
  await dialog.getByLabel('Quantity').fill('5');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Change quantity' }).click();
  await expect(page.getByText('The quantity was changed')).toBeVisible();
  const kept = (await order(due.key)).lines.filter((l) => !l.removed && l.description === line?.description);
  expect(kept.map((l) => Number(l.quantity))).toEqual([5]);
});

test('who may only look sees none of these', async ({ page }) => {
  const some = await first('{}');
  await onlyView(page, demo);
  await open(page, demo, '/orders');
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
  await open(page, demo, `/orders/${some.key}`);
  await expect(page.getByRole('heading', { name: 'Lines' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Pause|Void|Change quantity/ })).toHaveCount(0);
});
