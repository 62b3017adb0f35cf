import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { byField, change, changedFields } from './draft';
import { decimal, money, signed } from './format';
import { settingPlaces } from './places';
import { parseSearch, stringifySearch } from './search';
import { ago, date, dayOf, differ, fromLocal, toLocal, when } from './time';
import { inZone } from './zone';

describe('a draft', () => {
  const saved = { a: true, b: [1, 2], c: 'x' };
  it('holds what is changed alone', () => {
    expect(change(saved, {}, { a: false })).toEqual({ a: false });
    expect(change(saved, { a: false }, { b: [2] })).toEqual({ a: false, b: [2] });
  });
  it('forgets a field that is as saved again', () => {
    expect(change(saved, { a: false, c: 'y' }, { a: true })).toEqual({ c: 'y' });
    expect(change(saved, {}, { b: [1, 2] })).toEqual({});
  });
  it('shows what somebody else saved in the fields that are not changed', () => {
    const patch = { a: false };
    const theirs = { a: true, b: [9], c: 'z' };
    expect({ ...theirs, ...patch }).toEqual({ a: false, b: [9], c: 'z' });
    expect(changedFields({ ...theirs, a: false }, patch)).toEqual([]);
  });
});

describe('errors of the API', () => {
  it('are found by field, by its parts, and without one', () => {
    const errors = [
      { code: 'INVALID', message: 'A.', field: ['mappings', '2', 'shopId'] },
      { code: 'INVALID', message: 'B.', field: ['mappings', '0'] },
      { code: 'NOT_CONNECTED', message: 'C.', field: [] },
    ];
    expect(byField(errors)).toEqual({ 'mappings.2.shopId': 'A.', 'mappings.0': 'B.', mappings: 'A. B.', '': 'C.' });
  });
});

describe('the address', () => {
  it('keeps barcodes and part numbers as they are', () => {
    for (const q of ['723421968459640832', '662E41', '0012', 'true', 'a&b=c', '[1]', '✓']) {
      expect(parseSearch(stringifySearch({ q }))).toEqual({ q });
    }
  });
  it('leaves out what is empty', () => {
    expect(stringifySearch({ a: undefined, b: '', c: null })).toBe('');
  });
});

describe('money and numbers', () => {
  it('show every digit of an amount', () => {
    expect(money({ amount: '12345678901234567.89', currencyCode: 'USD' })).toBe('$12,345,678,901,234,567.89');
    expect(money({ amount: '-3.5', currencyCode: 'USD' })).toBe('-$3.50');
  });
  it('survive a currency that the browser does not know', () => {
    expect(money({ amount: '5', currencyCode: '??' })).toBe('5.00');
  });
  it('drop needless zeros of decimals', () => {
    expect(decimal('2.000')).toBe('2');
    expect(decimal('0.125')).toBe('0.125');
  });
  it('sign differences', () => {
    expect([signed(228), signed(0), signed(-3)]).toEqual(['+228', '0', '−3']);
  });
});

describe('time', () => {
  const la = 'America/Los_Angeles';
  it('belongs to the site’s day', () => {
    expect(dayOf(new Date('2026-03-08T07:59:00Z'), la)).toBe('2026-03-07');
    expect(dayOf(new Date('2026-03-08T08:00:00Z'), la)).toBe('2026-03-08');
  });
  it('is right on both sides of the change to summer time', () => {
    const now = new Date('2026-03-08T20:00:00Z');
    expect(when('2026-03-08T09:59:00Z', la, now)).toMatch(/1:59\sAM/);
    expect(when('2026-03-08T10:00:00Z', la, now)).toMatch(/3:00\sAM/);
  });
  it('names the day when it is another one, and the year when that is another', () => {
    const now = new Date('2026-11-27T20:00:00Z');
    expect(when('2026-11-26T20:00:00Z', la, now)).toMatch(/^Nov 26, 12:00\sPM$/);
    expect(when('2025-11-26T20:00:00Z', la, now)).toContain('2025');
  });
  it('never moves a calendar date', () => {
    expect(date('2026-03-01')).toBe('Mar 1, 2026');
  });
  it('shows a zone that the browser does not know in UTC', () => {
    expect(when('2026-11-27T20:00:00Z', 'Mars/Olympus', new Date('2026-11-27T21:00:00Z'))).toMatch(/8:00\sPM/);
  });
  it('goes to an input of the site’s zone and back, on both sides of a change of clocks', () => {
    for (const iso of [
      '2026-03-08T09:59:00.000Z',
      '2026-03-08T10:00:00.000Z',
      '2026-11-01T12:00:00.000Z',
      '2026-07-01T00:00:00.000Z',
    ]) {
      expect(fromLocal(toLocal(iso, la), la)).toBe(iso);
    }
    expect(toLocal('2026-07-01T00:00:00Z', la)).toBe('2026-06-30T17:00');
  });
  it('is written by the history in the site’s zone', () => {
    const written = inZone('from 2026-03-08 09:59:59 UTC', la);
    expect(written.replace(/\s/g, ' ')).toBe('from Mar 8, 2026, 1:59 AM');
    expect(inZone('2026-03-08 09:59:59 UTC', 'Mars/Olympus')).toBe('2026-03-08 09:59:59 UTC');
    expect(inZone('none', la)).toBe('none');
  });
  it('says whether two zones differ now', () => {
    const now = new Date('2026-07-01T12:00:00Z');
    expect(differ(la, 'America/Vancouver', now)).toBe(false);
    expect(differ(la, 'Europe/Madrid', now)).toBe(true);
  });
  it('says how long ago', () => {
    const now = Date.parse('2026-11-27T12:00:00Z');
    expect(ago('2026-11-27T11:57:00Z', now)).toBe('3 minutes ago');
    expect(ago('2026-11-27T09:00:00Z', now)).toBe('3 hours ago');
    expect(ago('2026-11-25T12:00:00Z', now)).toBe('2 days ago');
  });
});

describe('the places of settings', () => {
  it('are known for every setting that the service names', () => {
    const source = readFileSync('../../../../internal/retail/setup.go', 'utf8');
    const named = [...source.matchAll(/^\tSetting\w+\s+= "(\w+)"/gm)].map((m) => m[1]);
    expect(named.length).toBeGreaterThan(8);
    expect(Object.keys(settingPlaces).sort()).toEqual(named.sort());
  });
});
