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
  key: string;
  number: string;
  exportState: string | null;
  fulfilled: boolean;
  status: { name: string } | null;
  balanceDue: { amount: string };
  lines: { kind: string; removed: boolean }[];
  payments: { method: string; offline: boolean; state: string }[];
  refunds: { amount: { amount: string }; doneInLightspeedAt: string | null }[];
  export: { saleUrl: string | null; lightspeedSaleId: string | null } | null;
};

const fields = `key number exportState fulfilled status { name } balanceDue { amount } lines { kind removed }
  payments { method offline state } refunds { amount { amount } doneInLightspeedAt } export { saleUrl lightspeedSaleId }`;

async function orders(where = '{}'): Promise<Order[]> {
  const found = await demo.api<{ orders: { edges: { node: Order }[] } }>(
    `{ orders(first: 100, where: ${where}) { edges { node { ${fields} } } } }`,
  );
  return found.orders.edges.map((e) => e.node);
}

async function order(key: string): Promise<Order> {
  const found = await demo.api<{ order: Order }>(`query($key: String!) { order(key: $key) { ${fields} } }`, { key });
  return found.order;
}

// R38, R39, R46: selected orders become sales, each once.
test('orders are exported from the list', async ({ page }) => {
  const ready = await orders('{blocked: false, exportRequested: false}');
  expect(ready.length).toBeGreaterThan(1);
  await open(page, demo, '/status');
  await page.getByRole('link', { name: 'Orders', exact: false }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeFocused();
  await expect(page.getByRole('link', { name: /^To export/ })).toHaveAttribute('aria-current', 'page');
  await accessible(page);
  await expect(page.getByRole('button', { name: `Export all ${ready.length}` })).toBeEnabled();
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(page.getByRole('button', { name: `Export ${ready.length}`, exact: true })).toBeVisible();
  await accessible(page);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).uncheck();
  // One that is selected, and then all the others at once.
  await page.getByRole('checkbox', { name: `Select order ${ready[0]?.number}` }).check();
  await page.getByRole('button', { name: 'Export 1', exact: true }).click();
  await expect(page.getByText('1 order is on its way to Lightspeed.').first()).toBeVisible();
  await expect(page.getByRole('checkbox', { name: `Select order ${ready[0]?.number}` })).toHaveCount(0);
  await page.getByRole('button', { name: /^Export (all \d+|this order)$/ }).click();
  await expect.poll(async () => (await orders('{exportStates: [EXPORTED]}')).length).toBe(ready.length);
  // The list hears it, and the sales are at the till.
  await page.getByRole('link', { name: /^Exported/ }).click();
  for (const o of ready) await expect(page.getByRole('link', { name: o.number, exact: true })).toBeVisible();
  await accessible(page);
  for (const o of await orders('{exportStates: [EXPORTED]}')) {
    const sale = await fetch(`${demo.sandbox}/sandbox/sales/${o.export?.lightspeedSaleId}`);
    const text = await sale.text();
    expect(text).toContain(o.number);
  }
});

// R40–R45, B9: what holds an order back is named with the act that ends it; then it goes from its own page.
test('an order that is held back is paid, handed over, given a status and exported', async ({ page }) => {
  await demo.api('mutation { addStatusType(input: {name: "Special order"}) { userErrors { message } } }');
  const held = (await orders('{blockers: [BALANCE_DUE]}'))[0];
  expect(held).toBeDefined();
  if (!held) return;
  await open(page, demo, '/orders?view=held');
  await expect(page.getByText(/^The order is not paid in full: \$[\d.,]+ of \$[\d.,]+ is due\.$/)).toBeVisible();
  await page.getByRole('link', { name: `Record payment ${held.number}`, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Order ${held.number}` })).toBeVisible();
  await expect(page.getByLabel('Amount collected')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Export order' })).toBeDisabled();
  await accessible(page);

  const amount = page.getByLabel('Amount collected');
  await amount.fill('lots');
  await expect(page.getByText('Enter an amount such as 12.50.')).toBeVisible();
  await amount.fill(Number(held.balanceDue.amount).toFixed(2));
  await page.getByLabel('Note (optional)').fill('Card at the counter');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The payment is recorded')).toBeVisible();
  const paid = await order(held.key);
  expect(Number(paid.balanceDue.amount)).toBe(0);
  expect(paid.payments.filter((p) => p.offline)).toHaveLength(1);

  await page.getByLabel('Status', { exact: true }).selectOption({ label: 'Status: Special order' });
  await expect.poll(async () => (await order(held.key)).status?.name).toBe('Special order');

  await page.getByRole('button', { name: 'Hand over…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who hands it over?' });
  await accessible(page);
  await dialog.getByRole('combobox', { name: 'Store' }).selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await expect(page.getByText('The hand-over is recorded')).toBeVisible();
  expect((await order(held.key)).fulfilled).toBe(true);

  await page.getByRole('button', { name: 'Export order' }).click();
  await expect(page.getByText('In Lightspeed', { exact: true })).toBeVisible();
  await expect.poll(async () => (await order(held.key)).exportState).toBe('EXPORTED');
  const url = (await order(held.key)).export?.saleUrl ?? '';
  await expect(page.getByRole('link', { name: /^Sale / }).first()).toHaveAttribute('href', url);
  const sale = await (await fetch(url)).text();
  expect(sale).toContain(held.number);
  await accessible(page);
});

// R50: a refund of an exported order is made in both places.
test('a refund is recorded here, and marked as done in Lightspeed', async ({ page }) => {
  const sold = (await orders('{exportStates: [EXPORTED]}'))[0];
  expect(sold).toBeDefined();
  if (!sold) return;
  await open(page, demo, `/orders/${sold.key}`);
  await page
    .getByRole('button', { name: /^Refund/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('afterwards, make the refund there too')).toBeVisible();
  await dialog.getByLabel('Amount given back').fill('5.00');
  await dialog.getByLabel('Reason (optional)').fill('Scratched');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Record refund' }).click();
  await expect(page.getByRole('heading', { name: 'Refund $5.00 in both places' })).toBeVisible();
  expect((await order(sold.key)).refunds.map((r) => Number(r.amount.amount))).toEqual([5]);
  await accessible(page);

  // The list of what is left to do has it.
  await page.getByRole('link', { name: 'Orders', exact: false }).first().click();
  await page.getByRole('link', { name: /^Refund to do/ }).click();
  await expect(page.getByRole('button', { name: `Mark as done ${sold.number}`, exact: true })).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: sold.number, exact: true }).click();
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await expect(page.getByText('Marked as done in Lightspeed')).toBeVisible();
  await expect(page.getByRole('heading', { name: /in both places/ })).toBeHidden();
  expect((await order(sold.key)).refunds[0]?.doneInLightspeedAt).not.toBeNull();
});

// R55: lines are added, and removed.
test('a line is added and removed', async ({ page }) => {
  const some = (await orders())[0];
  expect(some).toBeDefined();
  if (!some) return;
  await open(page, demo, `/orders/${some.key}`);
  await page.getByRole('button', { name: 'Add a line' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a line' });
  await dialog.getByLabel('Kind of line').selectOption('FEE');
  await dialog.getByLabel('Description').fill('Assembly 🔧');
  await dialog.getByLabel('Price of a unit').fill('15.54');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Add a line' }).click();
  await expect(page.getByRole('cell', { name: /Assembly 🔧/ }).first()).toBeVisible();
  expect((await order(some.key)).lines.filter((l) => l.kind === 'FEE')).toHaveLength(1);
  await page.getByRole('button', { name: 'Remove Assembly 🔧' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove a line' }).click();
  await expect(page.getByText('The line was removed')).toBeVisible();
  expect((await order(some.key)).lines.filter((l) => l.kind === 'FEE' && !l.removed)).toHaveLength(0);
});

test('on a phone the filters are behind a button', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, demo, '/orders?view=all&paid=PAID');
  await expect(page.getByLabel('Payment', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Filters (1)' }).click();
  await page.getByLabel('Payment', { exact: true }).selectOption('');
  await expect(page).not.toHaveURL(/paid/);
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await expect(page.getByLabel('Payment', { exact: true })).toBeHidden();
});

test('filters are in the address, and what fits nothing says so', async ({ page }) => {
  await open(page, demo, '/orders?view=all');
  await expect(page.getByRole('checkbox', { name: 'Select all on this page' })).toBeVisible(); // the page and its keys are there
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('no such order');
  await expect(page.getByText('No order fits these filters.')).toBeVisible();
  await expect(page).toHaveURL(/q=no\+such\+order/);
  await accessible(page);
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await expect(page.getByRole('checkbox', { name: 'Select all on this page' })).toBeVisible();
  await open(page, demo, '/orders/no-such-key');
  await expect(page.getByRole('heading', { level: 1, name: 'No such order' })).toBeVisible();
});

// A tick on what is still on the screen would count for the list that comes.
test('rows of the list before cannot be selected while another one loads', async ({ page }) => {
  await open(page, demo, '/orders?view=all');
  const box = page.getByRole('checkbox', { name: /^Select order/ }).first();
  await box.check();
  await box.uncheck();
  let answer = () => {};
  const answered = new Promise<void>((r) => {
    answer = r;
  });
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query OrdersPage')) await answered;
    await route.continue();
  });
  await page.getByRole('searchbox').fill('no such order');
  const old = page.locator('[inert] tbody tr').first();
  await expect(old).toBeVisible();
  await old.locator('input[type=checkbox]').click({ force: true });
  await expect(old.locator('input[type=checkbox]')).not.toBeChecked();
  await expect(page.getByRole('region', { name: 'Selected rows' })).toBeHidden();
  answer();
  await expect(page.getByText('No order fits these filters.')).toBeVisible();
});

test('who may only look sees no act', async ({ page }) => {
  const some = (await orders())[0];
  await onlyView(page, demo);
  await open(page, demo, '/orders?view=all');
  await expect(page.getByRole('link', { name: some?.number ?? '', exact: true })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await open(page, demo, `/orders/${some?.key}`);
  await expect(page.getByRole('heading', { name: 'Lines' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Add a line|Refund|Export order|Hand over/ })).toHaveCount(0);
});
