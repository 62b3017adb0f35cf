import { expect, it } from 'vitest';
import { addressesIn } from './addresses';

it('reads addresses however they are separated', () => {
  expect(addressesIn('')).toEqual([]);
  expect(addressesIn(' , ')).toEqual([]);
  expect(addressesIn('ann@a.example')).toEqual(['ann@a.example']);
  expect(addressesIn('ann@a.example, bob@a.example;\ncy@a.example ')).toEqual([
    'ann@a.example',
    'bob@a.example',
    'cy@a.example',
  ]);
});
