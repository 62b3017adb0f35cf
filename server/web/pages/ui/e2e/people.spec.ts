import { accessible, Demo, expect, open, signIn, test } from './demo';

// What people are called, the language that they read, and a connection that comes and goes.

const demo = new Demo();
const longest = 'Wheel'.padEnd(200, 'w'); // one word, as the longest that a website may send
const names = {
  long: longest,
  emoji: '👩🏽‍🔧🚲 Reparación 🛠️',
  hebrew: 'אופניים חשמליים "קל" (2026)',
  arabic: 'دراجة هوائية، مقاس ٢٩',
};

test.beforeAll(async () => {
  await demo.start();
  await demo.setUp();
  await demo.exportOn();
  const service = demo.tokenOf('service');
  const all = Object.entries(names);
  await demo.api(
    'mutation($products: [ProductInput!]!) { importProducts(input: {products: $products}) { results { userErrors { message } } } }',
    {
      products: all.map(([key, name]) => ({
        key: `name-${key}`,
        name,
        brand: name.slice(0, 50),
        category: name.slice(0, 50),
      })),
    },
    service,
  );
  await demo.api(
    'mutation($orders: [OrderInput!]!) { importOrders(input: {orders: $orders}) { results { userErrors { message } } } }',
    {
      orders: all.map(([key, name]) => ({
        key: `name-${key}`,
        number: `N-${key}`,
        sourceVersion: 1,
        currencyCode: 'USD',
        placedAt: new Date().toISOString(),
        customer: { firstName: name.slice(0, 100), lastName: name.slice(0, 100), email: `${key}@example.com` },
        note: name,
        lines: [{ key: '1', productKey: `name-${key}`, description: name, quantity: '1', unitPrice: '10.00' }],
      })),
    },
    service,
  );
  await demo.api('mutation($name: String!) { addStatusType(input: {name: $name}) { userErrors { message } } }', {
    name: names.emoji,
  });
});
test.afterAll(() => demo.stop());
test.beforeEach(async ({ page }) => signIn(page, demo));

test('names of any length and script stay in their place, also on a phone', async ({ page }) => {
  const narrow = async () => {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 720 });
      // Once the page has taken its new shape.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), page.url())
        .toBeLessThanOrEqual(width);
    }
  };
  await open(page, demo, '/orders?view=all&q=N-');
  for (const key of Object.keys(names))
    await expect(page.getByRole('link', { name: `N-${key}`, exact: true })).toBeVisible();
  await narrow();
  for (const [key, name] of Object.entries(names)) {
    // By its link, as a person goes: each page of its own would load everything again.
    await page.getByRole('link', { name: `N-${key}`, exact: true }).click();
    await expect(page.getByRole('cell', { name, exact: false }).first()).toBeVisible();
    await narrow();
    if (key === Object.keys(names).at(-1)) await accessible(page);
    else await page.goBack();
  }
  await open(page, demo, '/catalog/items');
  for (const name of Object.values(names)) {
    await page.getByRole('searchbox').fill(name.slice(0, 20));
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    await narrow();
  }
  await open(page, demo, '/settings/statuses');
  await expect(page.getByText(names.emoji).first()).toBeVisible();
  await narrow();
});

test('in Spanish everything is Spanish, also what the API says', async ({ page }) => {
  await open(page, demo, '/status');
  await page.getByLabel('Language').selectOption('es');
  await expect(page.getByRole('heading', { level: 1, name: 'Estado de la sincronización' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  // An error in what somebody typed, with the name that it is about.
  await open(page, demo, '/settings/statuses');
  const name = page.getByRole('main').getByRole('textbox').last();
  await name.fill(names.emoji);
  await page.getByRole('button', { name: 'Añadir un estado' }).click();
  await expect(page.getByText(`Otro estado ya se llama «${names.emoji}». Elige otro nombre.`)).toBeVisible();
  // What holds an order back, with its amounts and what to do.
  await open(page, demo, '/orders/name-emoji');
  await expect(
    page.getByText(/^El pedido no está pagado por completo: faltan 10,00\sUS\$ de 10,00\sUS\$\.$/).first(),
  ).toBeVisible();
  await expect(page.getByText(/^Cobra el pago en el sitio web, o cobra lo pendiente/)).toBeVisible();
  await open(page, demo, '/orders?view=held');
  await expect(page.getByText(/^El pedido no está pagado por completo/).first()).toBeVisible();
  // What keeps items off the website, and who changed what.
  await open(page, demo, '/items');
  await expect(page.locator('body')).not.toContainText('The item');
  await open(page, demo, '/activity');
  await expect(page.getByText('Usar la exportación de pedidos')).toBeVisible();
  await expect(page.getByText('activado', { exact: true }).first()).toBeVisible();
});

test.describe('an answer that is lost', () => {
  test.use({ allowed: [/ERR_FAILED/] });
  test('the same act is sent again with its key, and done once', async ({ page }) => {
    await open(page, demo, '/orders/name-hebrew');
    await page.getByRole('button', { name: 'Add a line' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a line' });
    await dialog.getByLabel('Kind of line').selectOption('FEE');
    await dialog.getByLabel('Description').fill('Assembly');
    await dialog.getByLabel('Price of a unit').fill('15.54');
    await page.route('**/graphql', async (r) => {
      if (!r.request().postData()?.includes('mutation')) return r.fallback();
      await r.fetch(); // it is done
      await r.abort();
    });
    await dialog.getByRole('button', { name: 'Add a line' }).click();
    await expect(page.getByText('it is not known whether this was done')).toBeVisible();
    await expect(dialog.getByLabel('Price of a unit')).toHaveValue('15.54');
    await page.unroute('**/graphql');
    await dialog.getByRole('button', { name: 'Add a line' }).click();
    await expect(page.getByText('The line was added')).toBeVisible();
    type Lines = { order: { lines: { kind: string }[] } };
    const { order } = await demo.api<Lines>('{ order(key: "name-hebrew") { lines { kind } } }');
    expect(order.lines.filter((l) => l.kind === 'FEE')).toHaveLength(1);
  });
});

test.describe('a socket that is cut', () => {
  test.use({ allowed: [/CLOSING or CLOSED/] }); // graphql-ws ends each operation on a socket that has ended
  test('the page says that it hears nothing, and catches up once it does', async ({ page }) => {
    let cut = false;
    const open_ = new Set<() => void>();
    await page.routeWebSocket('**/graphql', (ws) => {
      if (cut) {
        void ws.close({ code: 1012 });
        return;
      }
      const server = ws.connectToServer();
      open_.add(() => {
        void ws.close({ code: 1011 }); // as of a proxy that fails: graphql-ws itself gives up then
        void server.close();
      });
    });
    await open(page, demo, '/orders/name-arabic');
    await expect(page.getByRole('button', { name: 'Add a line' }).first()).toBeVisible();
    await expect.poll(() => open_.size).toBeGreaterThan(0);
    cut = true;
    for (const end of open_) end();
    await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeVisible();
    // Somebody else pays the order meanwhile.
    const { order } = await demo.api<{ order: { id: string } }>('{ order(key: "name-arabic") { id } }');
    type Paid = { captureOfflinePayment: { userErrors: object[] } };
    const paid = await demo.api<Paid>(
      'mutation($in: CaptureOfflinePaymentInput!) { captureOfflinePayment(input: $in) { userErrors { message } } }',
      { in: { orderId: order.id, amount: '10.00' } },
    );
    expect(paid.captureOfflinePayment.userErrors).toEqual([]);
    await expect(page.getByText('is not paid in full').first()).toBeVisible();
    cut = false;
    await expect(page.getByRole('heading', { name: 'Reconnecting' })).toBeHidden({ timeout: 20_000 });
    await expect(page.getByText('is not paid in full')).toHaveCount(0);
  });
});
