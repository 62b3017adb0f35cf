import { describe, expect, it } from 'vitest';
import { read } from '../auth';

const token = (claims: object) => {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const text = btoa(String.fromCharCode(...bytes));
  return `e30.${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.sig`;
};

describe('a token', () => {
  it('says who somebody is, in any alphabet', () => {
    const text = token({ sub: 'Íñigo ✓ 山田', site: 'demo', role: 'view', exp: 1_800_000_000 });
    expect(read(text)).toEqual({
      text,
      ends: 1_800_000_000_000,
      viewer: { user: 'Íñigo ✓ 山田', site: 'demo', role: 'view' },
    });
  });
  it('that is none is refused', () => {
    expect(() => read('nonsense')).toThrow();
  });
});
