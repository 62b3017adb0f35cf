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

const imported = (orders: object[]) =>
  demo.api(
    `mutation($input: ImportOrdersInput!) { importOrders(input: $input) { results { userErrors { message } } userErrors { message } } }`,
    { input: { orders } },
    demo.tokenOf('service'),
  );

const sent = { sourceVersion: 1, currencyCode: 'USD', placedAt: '2026-01-02T10:00:00Z' };

// R41: all that a filter finds is selected for one act, and not for the next.
test('all that the filters find get a status, and then only what is selected', async ({ page }) => {
  await demo.api(
    'mutation { a: addStatusType(input: {name: "On the bench"}) { userErrors { message } } b: addStatusType(input: {name: "By the door"}) { userErrors { message } } }',
  );
  const line = { key: '1', kind: 'FEE', description: 'Fitting', quantity: '1', unitPrice: '20.00' };
  const numbers = Array.from({ length: 60 }, (_, i) => `BULK-${100 + i}`);
  await imported(numbers.map((number) => ({ ...sent, key: number, number, lines: [line] })));
  type Statuses = { orders: { edges: { node: { number: string; status: { name: string } | null } }[] } };
  const having = async (name: string) =>
    (
      await demo.api<Statuses>(
        '{ orders(first: 100, where: {search: "BULK-"}) { edges { node { number status { name } } } } }',
      )
    ).orders.edges.filter((e) => e.node.status?.name === name);

  await open(page, demo, '/orders?view=all&q=BULK-');
  const bar = page.getByRole('region', { name: 'Selected rows' });
  const box = page.getByRole('checkbox', { name: /^Select order BULK-/ });
  await expect(box).toHaveCount(50);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(bar.getByText('50 orders selected')).toBeVisible();
  await bar.getByRole('button', { name: 'Select all 60' }).click();
  await expect(bar.getByText('60 orders selected')).toBeVisible();
  await bar.getByLabel('Set status…').selectOption('On the bench');
  await expect(page.getByText('60 orders have the new status.').first()).toBeVisible();
  expect(await having('On the bench')).toHaveLength(60);

  await box.first().check();
  await expect(bar.getByText('1 order selected')).toBeVisible();
  await bar.getByLabel('Set status…').selectOption('By the door');
  await expect(page.getByText('1 order has the new status.').first()).toBeVisible();
  expect(await having('By the door')).toHaveLength(1);
  expect(await having('On the bench')).toHaveLength(59);

  // Without one of the page it is no longer all of them.
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await bar.getByRole('button', { name: 'Select all 60' }).click();
  await box.first().uncheck();
  await expect(bar.getByText('49 orders selected')).toBeVisible();
  // Another list, other filters and the way back begin with nothing.
  await page.getByRole('link', { name: /^Held back/ }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByRole('checkbox', { name: 'Select all on this page' })).not.toBeChecked();
  await box.first().check();
  await page.getByRole('searchbox').fill('BULK-1');
  await expect(page).toHaveURL(/q=BULK-1/);
  await expect(bar).toBeHidden();
  await box.first().check();
  await expect(bar.getByText('1 order selected')).toBeVisible();
  await page.goBack();
  await expect(bar).toBeHidden();
});

// R41: an export that has failed is tried again once its cause is mended.
test('a failed export is tried again', async ({ page }) => {
  const { products } = await demo.api<{ products: { edges: { node: { key: string } }[] } }>(
    '{ products(first: 1, where: {linked: true, active: true}) { edges { node { key } } } }',
  );
  const productKey = products.edges[0]?.node.key;
  await imported([
    {
      ...sent,
      key: 'fails',
      number: 'WEB-FAILS',
      lines: [{ key: '1', productKey, description: 'Tire', quantity: '1', unitPrice: '100.00', tax: '0.03' }],
      payments: [{ key: 'p', method: 'Stripe', amount: '100.03', state: 'CAPTURED' }],
    },
  ]);
  const fails = await order('fails');
  await demo.api('mutation($id: ID!) { exportOrder(input: {orderId: $id}) { userErrors { message } } }', {
    id: fails.id,
  });
  await expect.poll(async () => (await order('fails')).exportState).toBe('FAILED'); // the till makes another tax of it
  await demo.api('mutation { updateExportSettings(input: {taxHandling: LINE}) { userErrors { message } } }');
  await open(page, demo, '/orders?view=failed');
  await page.getByRole('button', { name: 'Try again now WEB-FAILS', exact: true }).click();
  await expect(page.getByText('1 export is tried again.').first()).toBeVisible();
  await expect.poll(async () => (await order('fails')).exportState).toBe('EXPORTED');
});

// R55: a line is exchanged for another one.
test('a line is exchanged', async ({ page }) => {
  await imported([
    {
      ...sent,
      key: 'exchange',
      number: 'WEB-EXCHANGE',
      lines: [{ key: '1', kind: 'FEE', description: 'Fitting', quantity: '2', unitPrice: '20.00' }],
    },
  ]);
  await open(page, demo, '/orders/exchange');
  await page.getByRole('button', { name: 'Exchange Fitting' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description').fill('Full service');
  await dialog.getByLabel('Price of a unit').fill('35.50');
  await accessible(page);
  await dialog.getByRole('button', { name: /^Exchange/ }).click();
  await expect(page.getByText('The line was exchanged')).toBeVisible();
  const lines = (await order('exchange')).lines;
  expect(lines.map((l) => [l.description, Number(l.quantity), l.removed])).toEqual([
    ['Full service', 2, false],
    ['Fitting', 2, true], // what was taken away comes last
  ]);
  expect(Number((await order('exchange')).balanceDue.amount)).toBe(71);
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
