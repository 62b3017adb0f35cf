import { accessible, Demo, expect, saved, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(() => demo.start('--orders', '20'));
test.afterAll(() => demo.stop());

// What the help page tells, in its order, as a person goes it. Each step needs the one before.
test.describe.configure({ mode: 'serial' });

// R5, R7, R9: from the printed link to stock on the website.
test('a new shop connects, maps its stores and has stock on the website', async ({ page }) => {
  await signIn(page, demo, '/status');
  await expect(page.getByRole('heading', { name: 'Set up your site' })).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Connect Lightspeed' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lightspeed' })).toBeFocused();
  await accessible(page);

  // At Lightspeed's sign-in the person changes their mind first.
  await page.getByRole('button', { name: 'Connect Lightspeed' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByText('access was not allowed')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');

  await page.getByRole('button', { name: 'Connect Lightspeed' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByText(/^Connected to the Lightspeed account/)).toBeVisible();
  expect(page.url()).not.toContain('lightspeedCode');
  const { lightspeedLink } = await demo.api<{ lightspeedLink: { state: string } }>('{ lightspeedLink { state } }');
  expect(lightspeedLink.state).toBe('CONNECTED');
  await accessible(page);

  await page.getByRole('link', { name: 'Connect stores' }).click();
  await page.getByRole('button', { name: 'Connect these' }).click();
  await expect(page.getByText('3 changes not saved')).toBeVisible();
  await accessible(page);
  await page.keyboard.press('Control+s');
  await saved(page);
  const { storeMappings } = await demo.api<{
    storeMappings: { mappings: { shop: { name: string }; location: { name: string } }[] };
  }>('{ storeMappings { mappings { shop { name } location { name } } } }');
  expect(storeMappings.mappings.map((m) => m.shop.name)).toEqual(storeMappings.mappings.map((m) => m.location.name));
  expect(storeMappings.mappings).toHaveLength(3);

  // Set-up ends where the person sees what the first sync found.
  await page.getByRole('link', { name: 'See it and go live' }).click();
  await page.getByRole('button', { name: 'Go live' }).click();
  await expect(page.getByRole('heading', { name: 'Your site is live' })).toBeVisible();

  await page.getByRole('link', { name: 'Sync status' }).first().click();
  await expect(page.getByRole('heading', { name: 'Set up your site' })).toBeHidden();
  await expect(page.getByText('Up to date')).toBeVisible();
  const website = page.getByRole('region', { name: 'On the website' });
  await expect(async () => {
    const shown = await demo.shown();
    expect(shown).toBeGreaterThan(0);
    await expect(website.getByText(String(shown), { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await accessible(page);

  // B8: a sync by hand, with its end in the history.
  await page.getByRole('button', { name: 'Read everything' }).click();
  await expect(page.getByText('by demo-manage').first()).toBeVisible();
  await expect(page.getByText('Up to date')).toBeVisible();
  // A sync by the schedule may have come after it.
  const latest = async () => {
    const { syncRuns } = await demo.api<{
      syncRuns: { edges: { node: { kind: string; trigger: string; state: string } }[] };
    }>('{ syncRuns(first: 10) { edges { node { kind trigger state } } } }');
    return syncRuns.edges.map((e) => e.node);
  };
  await expect.poll(latest).toContainEqual({ kind: 'FULL', trigger: 'MANUAL', state: 'COMPLETED' });
});

// R11, R16, R22: rules and prices come from Lightspeed, and a sale that begins today changes the price at once.
test('import rules, price levels and a sale by copy-down change the website', async ({ page }) => {
  await signIn(page, demo, '/status');
  await page.getByRole('link', { name: 'What is shown' }).click();
  await page.getByRole('switch', { name: 'Reorder Point or Maximum' }).check();
  const then = page.getByRole('region', { name: 'What this would do' }).locator('.nowthen b').nth(1);
  await expect(then).toBeVisible();
  const shown = Number(await then.textContent());
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect.poll(() => demo.shown()).toBe(shown);

  await page.getByRole('link', { name: 'Prices' }).click();
  await page.getByRole('switch', { name: 'Use POS pricing' }).check();
  await page.getByLabel('Regular Price Level').selectOption('Default');
  await page.getByLabel('Sale Price Level').selectOption('Sale Price');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);

  await page.getByRole('link', { name: 'Your items' }).first().click();
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'America/Los_Angeles' }).format(new Date());
  await page.getByLabel('Sale start for this page').fill(today);
  await page.getByRole('button', { name: 'Copy down the sale start' }).click();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Sale dates of 50 items saved')).toBeVisible();
  // The pages say which price counts, the API says the same, and it is the one of the till.
  type Price = { amount: string };
  type Sold = {
    name: string;
    effectivePrice: { onSale: boolean; price: Price; salePrice: Price };
    posItem: { prices: { priceLevel: { name: string } | null; price: Price }[] };
  };
  const sold = async () => {
    const { products } = await demo.api<{ products: { edges: { node: Sold }[] } }>(
      `{ products(first: 50, where: {onSale: true}) { edges { node { name
        effectivePrice { onSale price { amount } salePrice { amount } } posItem { prices { priceLevel { name } price { amount } } } } } } }`,
    );
    return products.edges;
  };
  await expect.poll(async () => (await sold()).length).toBeGreaterThan(0); // a job lists them by price
  const products = await sold();
  for (const { node } of products) {
    const level = node.posItem.prices.find((p) => p.priceLevel?.name === 'Sale Price');
    expect(Number(node.effectivePrice.price.amount)).toBe(Number(level?.price.amount));
  }
  const first = products[0]?.node;
  const row = page.getByRole('row', { name: first?.name, exact: false }).first();
  const price = Number(first?.effectivePrice.price.amount);
  await expect(row.getByRole('cell').nth(3)).toHaveText(
    new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(price),
  );
});

// R31, R38–R40, R50: one order goes from the list, one from its own page, and is then given back in both places.
test('orders become sales at the till, and a refund is made in both places', async ({ page }) => {
  await signIn(page, demo, '/settings/export');
  await page.getByRole('switch', { name: 'Use order exporting' }).check();
  await page.getByLabel('Lightspeed Employee').selectOption({ index: 1 });
  await page.getByLabel('Lightspeed Register').selectOption({ index: 1 });
  // Everything else as it comes: the demo's website and its Lightspeed calculate the same tax.
  await page.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);

  await page.getByRole('link', { name: 'Orders', exact: false }).first().click();
  const rows = page.locator('tbody tr');
  const numbers = [
    await rows.nth(0).getByRole('link').first().textContent(),
    await rows.nth(1).getByRole('link').first().textContent(),
  ].map(String);
  await rows.nth(0).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Export 1', exact: true }).click();
  await expect(page.getByText('1 order is on its way to Lightspeed.').first()).toBeVisible();

  await page.getByRole('link', { name: numbers[1], exact: true }).click();
  await page.getByRole('button', { name: 'Export order' }).click();
  await expect(page.getByText('In Lightspeed', { exact: true })).toBeVisible();
  type Sale = {
    id: number;
    total: string;
    reference: string;
    completed: boolean;
    lines: object[];
    payments: { paymentTypeID: number }[];
  };
  const sales = async (): Promise<Sale[]> => (await fetch(`${demo.sandbox}/sandbox/sales`)).json();
  await expect.poll(async () => (await sales()).length).toBe(2);
  expect((await sales()).map((sale) => sale.reference).sort()).toEqual([...numbers].sort());

  await page
    .getByRole('button', { name: /^Refund/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  const amount = await dialog.getByLabel('Amount given back').inputValue();
  await dialog.getByRole('button', { name: 'Record refund' }).click();
  await expect(page.getByRole('heading', { name: /in both places$/ })).toBeVisible();
  // At the till somebody gives back what that sale took.
  const sale = (await sales()).find((s) => s.reference === numbers[1]);
  const refund = await fetch(`${demo.sandbox}/sandbox/refund-sale`, {
    method: 'POST',
    body: JSON.stringify({ saleID: sale?.id, paymentTypeID: sale?.payments[0]?.paymentTypeID }),
  });
  expect(refund.ok).toBe(true);
  await page.getByRole('button', { name: 'Mark as done' }).click();
  await expect(page.getByText('Marked as done in Lightspeed')).toBeVisible();
  type Refunded = { order: { refunds: { amount: { amount: string }; doneInLightspeedAt: string | null }[] } };
  const { orders } = await demo.api<{ orders: { edges: { node: { key: string; number: string } }[] } }>(
    '{ orders(first: 50, where: {exportStates: [EXPORTED]}) { edges { node { key number } } } }',
  );
  expect(orders.edges.map((e) => e.node.number).sort()).toEqual([...numbers].sort());
  const { order } = await demo.api<Refunded>(
    'query($key: String!) { order(key: $key) { refunds { amount { amount } doneInLightspeedAt } } }',
    { key: orders.edges.find((e) => e.node.number === numbers[1])?.node.key },
  );
  expect(order.refunds.map((r) => [Number(r.amount.amount), r.doneInLightspeedAt !== null])).toEqual([
    [Number(amount), true],
  ]);
  expect((await sales()).map((s) => Number(s.total)).reduce((a, b) => a + b)).toBeCloseTo(
    Number((await sales()).find((s) => s.reference === numbers[0])?.total),
  );
});
