import { accessible, Demo, expect, onlyView, open, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(async () => {
  await demo.start();
  await demo.setUp();
  type Level = { id: string; name: string };
  const { priceLevels } = await demo.api<{ priceLevels: Level[] }>('{ priceLevels { id name } }');
  const level = (name: string) => priceLevels.find((l) => l.name === name)?.id;
  await demo.api(
    'mutation($a: ID!, $b: ID!) { updatePricingSettings(input: {enabled: true, regularPriceLevelId: $a, salePriceLevelId: $b, acknowledge: [LOWERS_PRICES]}) { userErrors { message } } }',
    { a: level('Default'), b: level('Sale Price') },
  );
});
test.afterAll(() => demo.stop());
test.beforeEach(async ({ page }) => signIn(page, demo));

type Sale = { id: string; effectivePrice: { saleStartDate: string | null; saleEndDate: string | null } };

async function sales(where = '{active: true}'): Promise<Sale[]> {
  const { products } = await demo.api<{ products: { edges: { node: Sale }[] } }>(
    `{ products(first: 50, where: ${where}) { edges { node { id effectivePrice { saleStartDate saleEndDate } } } } }`,
  );
  return products.edges.map((e) => e.node);
}

// R22–R26: dates are copied down, corrected in rows, taken back, and saved at once.
test('your items: a sale by copy-down', async ({ page }) => {
  await open(page, demo, '/status');
  await page.getByRole('link', { name: 'Your items' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your items' })).toBeFocused();
  await page.getByLabel('Sale start for this page').fill('2031-03-01');
  await page.getByRole('button', { name: 'Copy down the sale start' }).click();
  await page.getByLabel('Sale end for this page').fill('2031-03-09');
  await page.getByRole('button', { name: 'Copy down the sale end' }).click();
  await expect(page.getByText('50 changes not saved')).toBeVisible();

  const ends = page.locator('tbody [data-col=end]');
  await ends.first().fill('2031-02-01');
  await expect(page.getByText('The last day is before the first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
  await accessible(page);
  await page.keyboard.press('Control+z');
  await expect(ends.first()).toHaveValue('2031-03-09');
  await ends.first().focus();
  await page.keyboard.press('Enter');
  await expect(ends.nth(1)).toBeFocused();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Sale dates of 50 items saved')).toBeVisible();
  for (const s of await sales()) {
    expect([s.effectivePrice.saleStartDate, s.effectivePrice.saleEndDate]).toEqual(['2031-03-01', '2031-03-09']);
  }
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await sales()).filter((s) => s.effectivePrice.saleStartDate !== null).length).toBe(0);
});

// R27, B14: everything that the filters find, after a look.
test('your items: dates for all that fit', async ({ page }) => {
  const { products } = await demo.api<{ products: { edges: { node: { brand: string } }[] } }>(
    '{ products(first: 1, where: {active: true}) { edges { node { brand } } } }',
  );
  const brand = products.edges[0]?.node.brand ?? '';
  await open(page, demo, `/catalog/items?brand=${encodeURIComponent(brand)}`);
  const count = (await sales(`{active: true, brand: ${JSON.stringify(brand)}}`)).length;
  await page.getByRole('button', { name: new RegExp(`^Dates for all ${count} item`) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Sale start').fill('2031-05-01');
  await expect(dialog.getByText(`Sets the dates of ${count} of ${count} items.`)).toBeVisible();
  await accessible(page);
  await dialog.getByRole('button', { name: `Set ${count}` }).click();
  await expect(page.getByText(/Sale dates of \d+ items? saved/)).toBeVisible();
  for (const s of await sales(`{active: true, brand: ${JSON.stringify(brand)}}`)) {
    expect(s.effectivePrice.saleStartDate).toBe('2031-05-01');
  }
});

// B1, B5: why items are not shown, as a list, as a file, and one by one.
test('why not shown: reasons, the file, and one item', async ({ page }) => {
  await open(page, demo, '/items?view=hidden');
  const { posItems } = await demo.api<{ posItems: { totalCount: number } }>(
    '{ posItems(first: 1, where: {displayed: false}) { totalCount } }',
  );
  await expect(page.getByText(`${posItems.totalCount} items`, { exact: true })).toBeVisible();
  await accessible(page);
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  expect((await file).suggestedFilename()).toBe('items.csv');

  await page.getByRole('button', { name: /^Not in catalog/ }).click();
  await expect(page).toHaveURL(/why=NOT_IN_CATALOGUE/);
  await page.locator('tbody input[type=checkbox]').first().check();
  await page.getByRole('button', { name: 'Read 1 again' }).click();
  await expect(page.getByText('They are being read from Lightspeed')).toBeVisible();
  const { syncRuns } = await demo.api<{ syncRuns: { edges: { node: { kind: string } }[] } }>(
    '{ syncRuns(first: 1) { edges { node { kind } } } }',
  );
  expect(syncRuns.edges[0]?.node.kind).toBe('ITEMS');

  await page.locator('tbody a').first().click();
  await expect(page.getByRole('heading', { name: 'It is not on the website.' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Codes' })).toBeVisible();
  await accessible(page);

  // The product is found by hand.
  const { products } = await demo.api<{ products: { edges: { node: { id: string; key: string; name: string } }[] } }>(
    '{ products(first: 1, where: {linked: false, active: true}) { edges { node { id key name } } } }',
  );
  const product = products.edges[0]?.node;
  await page.getByRole('button', { name: 'Find the product' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill(product?.name ?? '');
  await dialog.getByRole('button', { name: 'Choose' }).first().click();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Link this' }).click();
  await expect(page.getByText(/^Linked to/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What was decided' })).toBeVisible();
});

// B7: decisions by keys, taken back, and many confirmed at once.
test('review queue: link, undo and reject by the keyboard', async ({ page }) => {
  type Queue = { reviewQueue: { totalCount: number; edges: { node: { id: string; description: string } }[] } };
  const read = () =>
    demo.api<Queue>(
      '{ reviewQueue(first: 50, orderBy: {field: STOCK, direction: DESC}) { totalCount edges { node { id description } } } }',
    );
  type Decided = { node: { decisions: { verdict: string }[] } };
  const verdicts = async (id: string) =>
    (
      await demo.api<Decided>('query($id: ID!) { node(id: $id) { ... on PosItem { decisions { verdict } } } }', { id })
    ).node.decisions.map((d) => d.verdict);
  const before = await read();
  const [first, second, third] = before.reviewQueue.edges.map((e) => e.node.id);
  expect(third).toBeDefined();
  // The keys are for the item that is shown, which comes after its address.
  const shown = async (id: string | undefined) => {
    await expect(page).toHaveURL(new RegExp(`item=${id}`));
    const name = before.reviewQueue.edges.find((e) => e.node.id === id)?.node.description;
    await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /^None of these/ })).toBeVisible();
  };
  await open(page, demo, '/review');
  await expect(page.getByRole('columnheader', { name: /On the website/ }).first()).toBeVisible();
  await accessible(page);

  await page.keyboard.press('j');
  await shown(second);
  await page.keyboard.press('k');
  await shown(first);
  await page.keyboard.press('1');
  await expect(page.getByText(/^Linked to/).first()).toBeVisible();
  expect(await verdicts(first ?? '')).toEqual(['LINK']);
  // The toast that says so is no dialog: the keys go on. What was decided leaves the queue soon.
  await shown(second);
  await page.keyboard.press('j');
  await shown(third);
  await page.keyboard.press('u');
  await expect(page.getByText('The decision was withdrawn')).toBeVisible();
  expect(await verdicts(first ?? '')).toEqual([]);

  await open(page, demo, `/review?item=${second}`);
  await shown(second);
  await page.keyboard.press('x');
  await expect(page.getByText(/is none of these$/)).toBeVisible();
  expect(new Set(await verdicts(second ?? ''))).toEqual(new Set(['REJECT']));
  await expect.poll(async () => (await read()).reviewQueue.edges.some((e) => e.node.id === second)).toBe(false);
});

// B7: several are looked at together, pair by pair; those that nobody can decide now are left aside.
test('review queue: many are looked at together, left aside and put back', async ({ page }) => {
  type Figures = { reviewSummary: { total: number; setAside: number } };
  const read = async () => (await demo.api<Figures>('{ reviewSummary { total setAside } }')).reviewSummary;
  const before = await read();
  await open(page, demo, '/review');
  const boxes = page.getByRole('list', { name: 'Items that wait' }).getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('button', { name: 'Confirm 2', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Are these pairs right?' });
  await expect(dialog.getByRole('button', { name: /^Confirm \d$/ })).toBeVisible();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Leave aside' }).click();
  await expect(page.getByText('2 left aside')).toBeVisible();
  expect(await read()).toEqual({ total: before.total - 2, setAside: before.setAside + 2 });
  await page.getByRole('link', { name: /^Left aside/ }).click();
  await expect(boxes).toHaveCount(before.setAside + 2);
  await boxes.nth(0).check();
  await page.getByRole('button', { name: 'Put back' }).click();
  await expect(page.getByText('1 put back')).toBeVisible();
  expect((await read()).setAside).toBe(before.setAside + 1);
});

test('who may only look sees no act in the catalog', async ({ page }) => {
  await onlyView(page, demo);
  await open(page, demo, '/catalog/items');
  await expect(page.getByText('You can look, not change')).toBeVisible();
  await expect(page.locator('tbody [data-col=start]').first()).toBeDisabled();
  await expect(page.getByRole('button', { name: /^Dates for all/ })).toHaveCount(0);
  await open(page, demo, '/review');
  await expect(page.getByRole('heading', { level: 1, name: 'Review queue' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Link this|^None of these/ })).toHaveCount(0);
});
