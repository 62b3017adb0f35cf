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

// R26, R27: what is edited belongs to the filters and to what is on the page.
test('your items: discarded dates are gone, and edited ones outlive a reread', async ({ page }) => {
  const dirty = page.getByRole('region', { name: 'Changes not saved' });
  const start = page.locator('tbody [data-col=start]');
  const end = page.locator('tbody [data-col=end]');
  await open(page, demo, '/catalog/items');
  await start.first().fill('2032-01-01');
  await page.getByLabel('A page', { exact: true }).selectOption('100');
  await page.getByRole('button', { name: 'Discard and leave' }).click();
  await expect(page).toHaveURL(/size=100/);
  await expect(dirty).toBeHidden();
  const name = await page.locator('tbody .two bdi').first().textContent();
  await page.getByRole('searchbox').fill(name ?? '');
  await expect(page).toHaveURL(/q=/);
  await expect(start.first()).toHaveValue('');
  await start.first().fill('2032-01-01');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Discard and leave' }).click();
  await expect(page).not.toHaveURL(/q=/);
  await expect(dirty).toBeHidden();
  await expect(start.first()).toHaveValue('');

  // Three are planned. The first one's sale ends here, and is taken back while the third is edited, whose sale somebody else ends:
  // the list is read again without it, and it stays in sight until it is saved.
  for (const n of [0, 1, 2]) await start.nth(n).fill('2032-02-01');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Sale dates of 3 items saved')).toBeVisible();
  const planned = await sales('{active: true, salePlanned: true}');
  expect(planned).toHaveLength(3);
  const set = (some: Sale[]) =>
    demo.api('mutation($input: SaveSaleDatesInput!) { saveSaleDates(input: $input) { userErrors { message } } }', {
      input: { products: some.map((s) => ({ productId: s.id, startDate: null, endDate: null })) },
    });
  await open(page, demo, '/catalog/items?only=planned');
  await expect(start).toHaveCount(3);
  await start.first().fill('');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Sale dates of 1 item saved')).toBeVisible();
  await expect(start).toHaveCount(2);
  await end.nth(1).fill('2032-02-09');
  await set(planned.slice(2));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(start).toHaveCount(3);
  await expect(dirty).toBeVisible();
  await expect(end.nth(2)).toHaveValue('2032-02-09');
  await page.keyboard.press('Control+s');
  const changed = page.getByText('These sale dates have changed since you loaded them: the sale was removed.');
  await expect(changed).toBeVisible();
  expect(await sales('{active: true, salePlanned: true}')).toHaveLength(2);
  // Discarded, the row has what is there now, and nothing against it.
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(changed).toBeHidden();
  await expect(dirty).toBeHidden();
  await expect(start).toHaveCount(2);

  // Saved all the same, and undone: there is no sale, as there was none just before.
  const count = async () => (await sales('{active: true, salePlanned: true}')).length;
  await end.nth(1).fill('2032-02-09');
  await set(planned.slice(1, 2));
  await page.keyboard.press('Control+s');
  await expect(changed).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(dirty).toBeHidden();
  expect(await count()).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(count).toBe(1);

  // What has changed since is not undone.
  await expect(start).toHaveCount(1);
  await start.first().fill('2032-03-01');
  await page.keyboard.press('Control+s');
  await expect(dirty).toBeHidden();
  await set(planned.slice(0, 1));
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText('Not undone for 1 item, whose sale dates have changed since.')).toBeVisible();
  expect(await count()).toBe(0);
});

test.describe('a frame that cannot be read again', () => {
  test.use({ allowed: [/503/] });

  test('takes away no dates that were typed', async ({ page }) => {
    await open(page, demo, '/catalog/items');
    const start = page.locator('tbody [data-col=start]').first();
    await start.fill('2032-01-01');
    const failed = page.waitForResponse((r) => r.status() === 503);
    await page.route('**/graphql', (r) =>
      r.request().postData()?.includes('query Shell') ? r.fulfill({ status: 503, body: 'later' }) : r.fallback(),
    );
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await failed;
    await expect(start).toHaveValue('2032-01-01');
    await expect(page.getByRole('region', { name: 'Changes not saved' })).toBeVisible();
  });
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

// What the keys do is about what is on the screen.
test.describe('an item with many candidates', () => {
  test.use({ allowed: [/500/] });
  test('review queue: the keys are for what is shown, and to reject more is asked first', async ({ page }) => {
    type Queue = { reviewQueue: { edges: { node: { id: string; candidates: { id: string }[] } }[] } };
    const { reviewQueue } = await demo.api<Queue>(
      '{ reviewQueue(first: 50) { edges { node { id candidates { id } } } } }',
    );
    const item = reviewQueue.edges[5]?.node;
    const own = item?.candidates.map((c) => c.id) ?? [];
    const { products } = await demo.api<{ products: { edges: { node: { id: string; name: string } }[] } }>(
      '{ products(first: 20, where: {active: true, linked: false}) { edges { node { id name } } } }',
    );
    const others = products.edges.map((e) => e.node).filter((p) => !own.includes(p.id));
    const verdicts = async () =>
      (
        await demo.api<{ node: { decisions: { verdict: string }[] } }>(
          'query($id: ID!) { node(id: $id) { ... on PosItem { decisions { verdict } } } }',
          { id: item?.id },
        )
      ).node.decisions.map((d) => d.verdict);
    let writes = 0;
    let failing = false;
    await page.route('**/graphql', async (r) => {
      const asked = r.request().postData() ?? '';
      if (asked.includes('mutation')) {
        writes++;
        if (failing && writes > 2) return r.fulfill({ status: 500, body: '{"errors":[{"message":"It failed."}]}' });
      }
      if (!asked.includes('query ReviewCase') || !asked.includes(item?.id ?? '')) return r.fallback();
      // Of one candidate the page gets six, as an item has whose code many products share.
      const answer = await r.fetch();
      const body = (await answer.json()) as { data: { node: { candidates: object[] } } };
      const [first] = body.data.node.candidates;
      if (first) body.data.node.candidates = [first, ...others.slice(0, 5).map((p) => ({ ...first, ...p }))];
      await r.fulfill({ response: answer, json: body });
    });

    await onlyView(page, demo);
    await open(page, demo, `/review?item=${item?.id}`);
    await expect(page.getByRole('columnheader', { name: /On the website/ })).toHaveCount(4);
    for (const key of ['1', 'x']) await page.keyboard.press(key);
    await page.keyboard.press('j'); // after it the others were handled
    await expect(page).not.toHaveURL(new RegExp(`item=${item?.id}`));
    expect(writes).toBe(0);
    await page.unroute('**/manage/token');

    await open(page, demo, `/review?item=${item?.id}`);
    await expect(page.getByRole('columnheader', { name: /On the website/ })).toHaveCount(4);
    await expect(page.getByRole('button', { name: /^None of these/ })).toBeVisible();
    await page.keyboard.press('5');
    await page.keyboard.press('x');
    const dialog = page.getByRole('dialog', { name: 'Reject all 6 candidates?' });
    await expect(dialog.getByRole('listitem')).toHaveText(others.slice(3, 5).map((p) => p.name));
    await accessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(writes).toBe(0);
    expect(await verdicts()).toEqual([]);

    // What was rejected before a fault can be taken back.
    failing = true;
    await page.keyboard.press('x');
    await dialog.getByRole('button', { name: 'Reject 6' }).click();
    await expect(page.getByText('Rejected: 2 of 6')).toBeVisible();
    expect(await verdicts()).toEqual(['REJECT', 'REJECT']);
    failing = false;
    await page.keyboard.press('u');
    await expect(page.getByText('The decision was withdrawn')).toBeVisible();
    expect(await verdicts()).toEqual([]);
  });
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

// B7: pairs that are right are confirmed at once, and that is taken back.
test('review queue: pairs are confirmed, and taken back', async ({ page }) => {
  // Two items whose number of the maker alone says which products they are: the brand is nowhere in them.
  for (const n of ['7701', '7702']) {
    const item = { description: `Comfort saddle ${n}`, manufacturerSku: `SD-${n}` };
    await fetch(`${demo.sandbox}/sandbox/add-item`, { method: 'POST', body: JSON.stringify(item) });
    await demo.api(
      'mutation($product: ProductInput!) { importProducts(input: {products: [$product]}) { results { userErrors { message } } } }',
      { product: { key: n, name: 'Alder Saddle', brand: 'Alder', mpn: `SD${n}` } },
      demo.tokenOf('service'),
    );
  }
  await demo.api('mutation { startSync(input: {}) { userErrors { message } } }');
  type Queue = { reviewQueue: { edges: { node: { id: string } }[] } };
  const queue = async () =>
    (
      await demo.api<Queue>('{ reviewQueue(first: 5, where: {search: "Comfort saddle"}) { edges { node { id } } } }')
    ).reviewQueue.edges.map((e) => e.node);
  await expect.poll(async () => (await queue()).length).toBe(2);
  const pairs = await queue();
  type Decided = { nodes: { decisions: { verdict: string }[] }[] };
  const verdicts = async () =>
    (
      await demo.api<Decided>('query($ids: [ID!]!) { nodes(ids: $ids) { ... on PosItem { decisions { verdict } } } }', {
        ids: pairs.map((p) => p.id),
      })
    ).nodes.map((n) => n.decisions.map((d) => d.verdict));
  await open(page, demo, '/review?q=Comfort+saddle');
  const list = page.getByRole('list', { name: 'Items that wait' });
  for (const p of pairs) await list.locator(`[data-id="${p.id}"]`).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Confirm 2', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm 2', exact: true }).click();
  await expect(page.getByText('2 links confirmed.')).toBeVisible();
  expect(await verdicts()).toEqual([['LINK'], ['LINK']]);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(verdicts).toEqual([[], []]);
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
