import { expect, test } from 'vitest';
import { sameCode, sameText, strangeWords } from '../pages/review/compare';
import { negated, parseDecimal, plain, sign, sum } from './decimal';
import { fault, withDates } from './sales';

test('decimals are added exactly, and never made floats', () => {
  expect(sum(['0.1', '0.2'])).toBe('0.3');
  expect(sum(['10.00', '-12.5'])).toBe('-2.50');
  expect(sum(['99999999999999.99', '0.01'])).toBe('100000000000000.00');
  expect(sum([])).toBe('0');
  expect(negated('-3')).toBe('3');
  expect([sign('0.00'), sign('-0.01'), sign('5')]).toEqual([0, -1, 1]);
  expect([plain('12.500000'), plain('12'), plain('2.000', 0), plain('2.500', 0)]).toEqual([
    '12.50',
    '12.00',
    '2',
    '2.5',
  ]);
});

test('what a person types is a decimal of the API or nothing', () => {
  expect(parseDecimal(' 12,50 ')).toBe('12.50');
  expect(parseDecimal('12.505')).toBeUndefined();
  expect(parseDecimal('1.234567', 6)).toBe('1.234567');
  for (const wrong of ['', 'x', '-1', '1e3', '1.', '12345678901']) expect(parseDecimal(wrong)).toBeUndefined();
});

test('dates that are as saved again are no change', () => {
  const saved = new Map([
    ['a', { start: '', end: '' }],
    ['b', { start: '2026-12-01', end: '' }],
  ]);
  const one = withDates(
    new Map(),
    saved,
    new Map([
      ['a', { start: '2026-12-01' }],
      ['b', { start: '2026-12-01' }],
      ['gone', { start: '2026-12-01' }],
    ]),
  );
  expect([...one.keys()]).toEqual(['a']);
  expect(withDates(one, saved, new Map([['a', { start: '' }]])).size).toBe(0);
});

test('an end needs a start, and comes not before it', () => {
  expect(fault({ start: '', end: '' })).toBeUndefined();
  expect(fault({ start: '', end: '2026-12-01' })).toBe('start');
  expect(fault({ start: '2026-12-02', end: '2026-12-01' })).toBe('end');
  expect(fault({ start: '2026-12-01', end: '2026-12-01' })).toBeUndefined();
});

test('codes are compared as numbers, words without case and signs', () => {
  expect(sameCode('4040361594080', '04040361594080')).toBe('same');
  expect(sameCode('4040-3615-94080', '', '4040361594080')).toBe('same');
  expect(sameCode('4040361594080', '4023361752469')).toBe('differs');
  expect(sameCode('abc', '4023361752469')).toBe('unknown');
  expect(sameText('TB-0023', 'tb 0023')).toBe('same');
  expect(sameText('', 'x')).toBe('unknown');
  expect(strangeWords('Dissect 29 × 2.6 Tyre', 'DISSECT TYRE 29 x 2.4')).toEqual(['2.6']);
});
