import { describe, expect, it } from 'vitest';
import { mappingsOf, propose, reservesOf, toDraft, wrongUnits } from './draft';

const shop = (id: string, name: string, archived = false) => ({ id, name, archived });
const place = (id: string, name: string, active = true) => ({ id, name, active, reserveStock: 0 });
const data = (
  shops: ReturnType<typeof shop>[],
  locations: ReturnType<typeof place>[],
  pairs: [string, string][] = [],
) => ({
  shops,
  locations,
  storeMappings: { mappings: pairs.map(([s, l]) => ({ shop: { id: s }, location: { id: l } })) },
});

describe('the proposal for stores', () => {
  const all = [shop('s1', 'Downtown'), shop('s2', ' north ')];
  const places = [place('l1', 'downtown'), place('l2', 'North')];
  it('joins equal names, whatever their case and spaces', () => {
    const d = data(all, places);
    expect(propose(d, toDraft(d))).toEqual({ 'shop:s1': 'l1', 'shop:s2': 'l2' });
  });
  it('leaves alone what is connected, archived, retired or ambiguous', () => {
    const connected = data(all, places, [['s2', 'l1']]);
    expect(propose(connected, toDraft(connected))).toEqual({});
    const gone = data(
      [shop('s1', 'Downtown', true), shop('s2', 'North')],
      [place('l1', 'Downtown'), place('l2', 'North', false)],
    );
    expect(propose(gone, toDraft(gone))).toEqual({});
    const twice = data([shop('s1', 'North'), shop('s2', 'North')], [place('l1', 'North')]);
    expect(propose(twice, toDraft(twice))).toEqual({});
  });
});

describe('the stores’ draft', () => {
  const d = data([shop('s1', 'A'), shop('s2', 'B')], [place('l1', 'A'), place('l2', 'B')], [['s1', 'l2']]);
  it('gives the whole set of pairs, and the reserve units that changed', () => {
    expect(mappingsOf(toDraft(d))).toEqual([{ shopId: 's1', locationId: 'l2' }]);
    expect(reservesOf({ 'reserve:l1': '3', 'shop:s1': 'l1' })).toEqual([{ locationId: 'l1', units: 3 }]);
  });
  it('finds units that cannot be saved', () => {
    for (const bad of ['', '-1', '1.5', 'x', '1000001', ' 2']) {
      expect([bad, wrongUnits({ ...toDraft(d), 'reserve:l1': bad })]).toEqual([bad, ['reserve:l1']]);
    }
    for (const good of ['0', '7', '1000000']) expect(wrongUnits({ ...toDraft(d), 'reserve:l1': good })).toEqual([]);
  });
});
