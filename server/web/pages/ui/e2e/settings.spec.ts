import { accessible, Demo, expect, open, saved, signIn, test } from './demo';

const demo = new Demo();
test.beforeAll(async () => {
  await demo.start();
  await demo.setUp();
});
test.afterAll(() => demo.stop());
test.beforeEach(async ({ page }) => signIn(page, demo));

// R11, B3: a rule is tried out before it is saved, and the preview is what then happens.
test('what is shown: the preview says what saving does', async ({ page }) => {
  await open(page, demo, '/settings/shown');
  await page.getByRole('switch', { name: 'Reorder Point or Maximum' }).check();
  await expect(page.getByText('was off')).toBeVisible();
  const panel = page.getByRole('region', { name: 'What this would do' });
  await expect(panel.getByText('nothing is saved yet')).toBeVisible();
  const then = Number((await panel.locator('.nowthen b').nth(1).textContent())?.replace(',', ''));
  expect(then).toBeGreaterThan(await demo.shown());
  await panel.getByRole('button', { name: 'Disappearing' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);
  const { importSettings } = await demo.api<{ importSettings: { reorder: boolean } }>('{ importSettings { reorder } }');
  expect(importSettings.reorder).toBe(true);
  await expect.poll(() => demo.shown()).toBe(then);
});

// D4, R13: what would empty the website needs a tick, and the safe answer has the focus.
test('what is shown: hiding much needs consent', async ({ page }) => {
  await open(page, demo, '/settings/shown');
  const before = await demo.shown();
  for (const name of ['Balance On Hand', 'Balance On Order', 'Reorder Point']) {
    const rule = page.getByRole('switch', { name: new RegExp(name) });
    if (await rule.isChecked()) await rule.uncheck();
  }
  await page.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Keep it as it is' })).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Save all the same' })).toBeDisabled();
  await accessible(page);
  // The tick is for this question alone.
  await dialog.getByRole('checkbox').check();
  await expect(dialog.getByRole('button', { name: 'Save all the same' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Keep it as it is' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(dialog.getByRole('checkbox')).not.toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Save all the same' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Keep it as it is' }).click();
  expect(await demo.shown()).toBe(before);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('region', { name: 'Changes not saved' })).toBeHidden();
});

// R16: the levels are chosen, and the same one twice is a fault of the draft.
test('prices: a level for regular and one for sale prices', async ({ page }) => {
  await open(page, demo, '/settings/prices');
  await page.getByRole('switch', { name: 'Use POS pricing' }).check();
  await expect(page.getByText('Choose the level that prices come from.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
  await page.getByLabel('Regular Price Level').selectOption({ index: 1 });
  await page.getByLabel('Sale Price Level').selectOption({ index: 1 });
  await expect(page.getByText('This is the regular level too.')).toBeVisible();
  await accessible(page);
  await page.getByLabel('Sale Price Level').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);
  const { pricingSettings } = await demo.api<{
    pricingSettings: { enabled: boolean; regularPriceLevel: object; salePriceLevel: object };
  }>('{ pricingSettings { enabled regularPriceLevel { id } salePriceLevel { id } } }');
  expect(pricingSettings.enabled).toBe(true);
  expect(pricingSettings.salePriceLevel).not.toEqual(pricingSettings.regularPriceLevel);
});

// R31, R33, D10: exporting is switched on with an employee, a register, and one of its own for a store.
test('order exporting: employee, register, and a register by store', async ({ page }) => {
  await open(page, demo, '/settings/export');
  await page.getByRole('switch', { name: 'Use order exporting' }).check();
  await expect(page.getByText('2 to correct')).toBeVisible();
  await accessible(page);
  await page.getByLabel('Lightspeed Employee').selectOption({ index: 1 });
  // One who is locked in Lightspeed cannot sell.
  for (const one of await page
    .getByLabel('Lightspeed Employee')
    .getByRole('option', { name: /\(locked\)/ })
    .all())
    await expect(one).toBeDisabled();
  await page.getByLabel('Lightspeed Register').selectOption({ index: 1 });
  await expect(page.getByText(/^The sale is made in .+ and lowers the stock there, not at /).first()).toBeVisible();
  const route = page.getByLabel(/^Register for /).first();
  await route.selectOption({ index: 1 });
  await page.getByRole('radio', { name: /A line with the order’s own amount/ }).check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);
  const { exportCounts } = await demo.api<{ exportCounts: { ready: number } }>('{ exportCounts { ready } }');
  await expect(page.getByText(new RegExp(`${exportCounts.ready} orders? can be exported now\\.$`))).toBeVisible();
  await expect(page.getByRole('button', { name: 'See the orders' })).toBeVisible();
  const { exportSettings: s } = await demo.api<{
    exportSettings: {
      enabled: boolean;
      employee: object | null;
      register: object | null;
      taxHandling: string;
      registerRoutes: object[];
    };
  }>('{ exportSettings { enabled employee { id } register { id } taxHandling registerRoutes { location { id } } } }');
  expect([s.enabled, s.employee !== null, s.register !== null, s.taxHandling, s.registerRoutes.length]).toEqual([
    true,
    true,
    true,
    'LINE',
    1,
  ]);
});

// R51, R53: a payment method is booked as another payment type, and as before again.
test('order exporting: payment methods', async ({ page }) => {
  type Mapping = { method: string; paymentType: { name: string } | null };
  const read = async () =>
    (await demo.api<{ paymentMethodMappings: Mapping[] }>('{ paymentMethodMappings { method paymentType { name } } }'))
      .paymentMethodMappings;
  const { paymentTypes } = await demo.api<{ paymentTypes: { id: string; name: string }[] }>(
    '{ paymentTypes { id name } }',
  );
  await demo.api(
    'mutation($type: ID!) { setPaymentMethodMapping(input: {method: "Klarna", paymentTypeId: $type}) { userErrors { message } } }',
    { type: paymentTypes.find((t) => t.name === 'Cash')?.id },
  );
  await open(page, demo, '/settings/export');
  const type = page.getByLabel('Payment type for Klarna');
  await type.selectOption('Check');
  await expect.poll(read).toEqual([{ method: 'Klarna', paymentType: { name: 'Check' } }]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(read).toEqual([{ method: 'Klarna', paymentType: { name: 'Cash' } }]);
  await expect(type.locator('option:checked')).toHaveText('Cash');
});

// B17: units that stay in the store.
test('stores: reserve units', async ({ page }) => {
  await open(page, demo, '/settings/stores');
  const units = page.getByLabel(/Reserve units/).first();
  await units.fill('x');
  await expect(page.getByText('Enter a whole number, 0 to 1,000,000.')).toBeVisible();
  await accessible(page);
  await units.fill('2');
  await expect(
    page.getByRole('region', { name: 'What this would do' }).getByText('nothing is saved yet'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);
  const { locations } = await demo.api<{ locations: { reserveStock: number }[] }>('{ locations { reserveStock } }');
  expect(locations.map((l) => l.reserveStock).sort()).toEqual([0, 0, 2]);
});

test('schedule: minutes are checked, and two people who save do not overwrite each other', async ({ page }) => {
  await open(page, demo, '/settings/schedule');
  const minutes = page.getByLabel('Minutes from one sync to the next');
  await minutes.fill('often');
  await expect(page.getByText('Enter a whole number of minutes')).toBeVisible();
  await minutes.fill('2000');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(minutes).toBeFocused();
  await expect(minutes).toHaveAttribute('aria-invalid', 'true');
  // What the service refused can be sent again, as another field may have cured it.
  await expect(page.getByText('1 to correct')).toBeVisible();
  await page.getByLabel('Last sync of the day').fill('23:00');
  const asked = page.waitForRequest((r) => Boolean(r.postData()?.includes('updateSyncSchedule')));
  await page.keyboard.press('Control+s');
  await asked;
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeEnabled();
  await page.getByLabel('Last sync of the day').fill('00:00');
  await minutes.fill('7');
  await accessible(page);
  // Somebody else saves first.
  await demo.api(
    'mutation { updateSyncSchedule(input: {windowStart: "06:00", windowEnd: "06:00"}) { userErrors { message } } }',
  );
  await page.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByText('06:00').first()).toBeVisible();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Save mine' }).click();
  await saved(page);
  const { syncSchedule } = await demo.api<{ syncSchedule: object }>('{ syncSchedule { intervalMinutes windowStart } }');
  expect(syncSchedule).toEqual({ intervalMinutes: 7, windowStart: '06:00' });
});

// R44: statuses, by keys alone.
test('statuses: add, rename, move and retire by the keyboard', async ({ page }) => {
  await open(page, demo, '/settings/statuses');
  for (const name of ['Picked up', 'Ready', '📦 رجوع']) {
    await page.getByLabel('Name of the new status').fill(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Rename ${name}` })).toBeVisible();
  }
  await page.getByLabel('Name of the new status').fill('READY');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name of the new status')).toHaveAttribute('aria-invalid', 'true');
  await accessible(page);
  await page.getByRole('button', { name: 'Move Ready up' }).focus();
  await page.keyboard.press('Enter');
  // The focus goes with the row once it has moved.
  const moved = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Rename Ready' }) });
  const after = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Rename Picked up' }) });
  await expect
    .poll(async () => ((await moved.boundingBox())?.y ?? 0) < ((await after.boundingBox())?.y ?? 0))
    .toBe(true);
  await page.getByRole('button', { name: 'Rename Picked up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name', { exact: true }).fill('Collected');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Rename Collected' })).toBeVisible();
  await page.getByRole('button', { name: 'Retire 📦 رجوع' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Restore 📦 رجوع' })).toBeVisible();
  const { statusTypes } = await demo.api<{ statusTypes: { name: string; retired: boolean }[] }>(
    '{ statusTypes { name retired } }',
  );
  const names = statusTypes.map((s) => s.name);
  expect(names.indexOf('Ready')).toBeLessThan(names.indexOf('Collected'));
  expect(statusTypes.find((s) => s.name === '📦 رجوع')?.retired).toBe(true);
});

// B11: what was changed above is in the history.
test('activity: who changed what', async ({ page }) => {
  await open(page, demo, '/activity');
  await expect(page.getByRole('cell', { name: 'demo-manage' }).first()).toBeVisible();
  await accessible(page);
  await page.getByLabel('Setting', { exact: true }).selectOption('Schedule');
  await expect(page).toHaveURL(/setting=syncSchedule/);
  await expect(page.getByRole('link', { name: 'Schedule' }).nth(1)).toBeVisible();
});

test('leaving with changes asks first', async ({ page }) => {
  await open(page, demo, '/settings/schedule');
  await page.getByLabel('Minutes from one sync to the next').fill('9');
  await page.getByRole('link', { name: 'Prices' }).click();
  await page.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByLabel('Minutes from one sync to the next')).toHaveValue('9');
  await page.getByRole('link', { name: 'Prices' }).click();
  await page.getByRole('button', { name: 'Discard and leave' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Prices' })).toBeVisible();
});

// R8: disconnecting takes the account's name.
test('lightspeed: disconnecting empties the website', async ({ page }) => {
  await open(page, demo, '/settings/lightspeed');
  const { lightspeedLink } = await demo.api<{ lightspeedLink: { accountName: string } }>(
    '{ lightspeedLink { accountName } }',
  );
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Disconnect', exact: true })).toBeDisabled();
  await accessible(page);
  // Who stays connected types the name anew the next time.
  await dialog.getByRole('textbox').fill(lightspeedLink.accountName);
  await dialog.getByRole('button', { name: 'Stay connected' }).click();
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await expect(dialog.getByRole('textbox')).toHaveValue('');
  await expect(dialog.getByRole('button', { name: 'Disconnect', exact: true })).toBeDisabled();
  await dialog.getByRole('textbox').fill(lightspeedLink.accountName);
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByText('Lightspeed is disconnected')).toBeVisible();
  await expect.poll(() => demo.shown()).toBe(0);
});
