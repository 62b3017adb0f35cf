/** The stores' draft, one key a field: the location of a shop by `shop:ID`, the reserve units of a location by `reserve:ID`. */
export type StoreDraft = { [key: `shop:${string}`]: string } & { [key: `reserve:${string}`]: string };

type Data = {
  shops: readonly { id: string; name: string; archived: boolean }[];
  locations: readonly { id: string; name: string; active: boolean; reserveStock: number }[];
  storeMappings: { mappings: readonly { shop: { id: string }; location: { id: string } }[] };
};

export function toDraft({ shops, locations, storeMappings }: Data): StoreDraft {
  const d: Record<string, string> = {};
  for (const s of shops) d[`shop:${s.id}`] = '';
  for (const { shop, location } of storeMappings.mappings) d[`shop:${shop.id}`] = location.id;
  for (const l of locations) d[`reserve:${l.id}`] = String(l.reserveStock);
  return d as StoreDraft;
}

/** All pairs of a draft, as setStoreMappings takes them. */
export function mappingsOf(d: StoreDraft): { shopId: string; locationId: string }[] {
  return Object.entries(d)
    .filter(([k, location]) => k.startsWith('shop:') && location !== '')
    .map(([k, locationId]) => ({ shopId: k.slice('shop:'.length), locationId }));
}

/** The reserve units among some fields. */
export function reservesOf(d: Partial<StoreDraft>): { locationId: string; units: number }[] {
  return Object.entries(d)
    .filter(([k]) => k.startsWith('reserve:'))
    .map(([k, units]) => ({ locationId: k.slice('reserve:'.length), units: Number(units) }));
}

/** The fields whose units are no number that can be saved. */
export const wrongUnits = (d: StoreDraft): string[] =>
  Object.entries(d)
    .filter(([k, units]) => k.startsWith('reserve:') && !(/^\d{1,7}$/.test(units) && Number(units) <= 1_000_000))
    .map(([k]) => k);

/** Pairs of equal names of which neither side is connected yet. */
export function propose({ shops, locations }: Data, d: StoreDraft): StoreDraft {
  const fold = (s: string) => s.trim().toLocaleLowerCase();
  const used = new Set(mappingsOf(d).map((p) => p.locationId));
  const found: Record<string, string> = {};
  for (const s of shops) {
    if (s.archived || d[`shop:${s.id}`]) continue;
    const same = locations.filter((l) => l.active && fold(l.name) === fold(s.name) && !used.has(l.id));
    const rivals = shops.filter((o) => !o.archived && fold(o.name) === fold(s.name));
    if (same.length === 1 && rivals.length === 1 && same[0]) found[`shop:${s.id}`] = same[0].id;
  }
  return found as StoreDraft;
}
