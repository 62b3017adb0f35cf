import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { SelectField, TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Form, Manage } from '../../kit/Role';
import { Empty, Loaded } from '../../kit/States';
import { useSettings } from '../../kit/settings';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { PreviewBrief, PreviewPanel } from '../preview/PreviewPanel';
import { type Effect, usePreview } from '../preview/usePreview';
import { mappingsOf, propose, reservesOf, type StoreDraft, toDraft, wrongUnits } from './draft';

const StoresPage = graphql(`
  query StoresPage {
    shops {
      id
      name
      archived
    }
    locations {
      id
      name
      active
      reserveStock
    }
    storeMappings {
      revision
      mappings {
        id
        shop {
          id
        }
        location {
          id
        }
      }
    }
  }
`);

const SaveMappings = graphql(`
  mutation SaveMappings($input: SetStoreMappingsInput!) {
    setStoreMappings(input: $input) {
      storeMappings {
        revision
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

const SaveReserve = graphql(`
  mutation SaveReserve($input: UpdateReserveStockInput!) {
    updateReserveStock(input: $input) {
      revision
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export function Page() {
  const [result, again] = useQuery({ query: StoresPage });
  const mappings = useAct(SaveMappings);
  const reserve = useAct(SaveReserve);
  const [tab, setTab] = useState<Effect>('APPEARS');
  const data = result.data;
  const saved = useMemo(() => data && toDraft(data), [data]);
  const draft = useSettings<StoreDraft>({
    saved,
    revision: data?.storeMappings.revision ?? 0,
    setting: 'storeMappings',
    acknowledgement: 'HIDES_MANY',
    reload: () => again({ requestPolicy: 'network-only' }),
    save: async (changed, value, { expectedRevision, acknowledge }) => {
      let revision = expectedRevision;
      if (Object.keys(changed).some((k) => k.startsWith('shop:'))) {
        const pairs = mappingsOf(value);
        const out = await mappings.run({ input: { mappings: pairs, expectedRevision: revision, acknowledge } });
        if (!out.ok) {
          // An error of the pair with this index belongs to its store.
          const at = (i: string | undefined) => pairs[Number(i)]?.shopId;
          return {
            ok: false,
            userErrors: out.userErrors.map((e) => (at(e.field[1]) ? { ...e, field: [`shop:${at(e.field[1])}`] } : e)),
          };
        }
        revision = out.data?.setStoreMappings.storeMappings?.revision ?? revision;
      }
      const units = reservesOf(changed);
      if (units.length === 0) return { ok: true, userErrors: [] };
      const out = await reserve.run({ input: { locations: units, expectedRevision: revision, acknowledge } });
      return {
        ok: out.ok,
        userErrors: out.userErrors.map((e) => {
          const location = e.field[0] === 'locations' ? units[Number(e.field[1])]?.locationId : undefined;
          return location ? { ...e, field: [`reserve:${location}`] } : e;
        }),
      };
    },
  });
  const v = draft.value;
  const wrong = v ? wrongUnits(v) : [];
  const pairs = v ? mappingsOf(v) : [];
  const mapsChanged = Object.keys(draft.patch).some((k) => k.startsWith('shop:'));
  const units = wrong.length === 0 ? reservesOf(draft.patch) : [];
  const preview = usePreview(
    draft.dirty && wrong.length === 0 && pairs.length > 0
      ? { ...(mapsChanged && { storeMappings: pairs }), ...(units.length > 0 && { reserveStock: units }) }
      : undefined,
    tab,
  );
  const proposal = data && v ? propose(data, v) : {};
  const proposed = Object.keys(proposal).length;
  return (
    <>
      <Head title={m.nav_stores()} lead={m.stores_lead()} />
      <Loaded result={result} again={again} rows={6}>
        {({ shops, locations }) => {
          const open = shops.filter((s) => !s.archived || v?.[`shop:${s.id}`]);
          if (!v) return null;
          if (open.length === 0 || locations.length === 0) {
            return (
              <Panel title={m.stores_panel()}>
                <Empty
                  icon="store"
                  title={open.length === 0 ? m.stores_no_shops() : m.stores_no_locations()}
                  act={
                    open.length === 0 && (
                      <Link to="/settings/lightspeed" className="btn primary">
                        {m.setup_go_connect()}
                      </Link>
                    )
                  }
                >
                  {open.length === 0 ? m.stores_no_shops_lead() : m.stores_no_locations_lead()}
                </Empty>
              </Panel>
            );
          }
          return (
            <Form>
              <div className="cols">
                <div className="stack">
                  {proposed > 0 && (
                    <Banner
                      tone="info"
                      title={m.stores_proposed({ count: proposed, n: number(proposed) })}
                      acts={
                        <Manage>
                          <Button look={draft.dirty ? 'plain' : 'primary'} onClick={() => draft.set(proposal)}>
                            {m.stores_propose()}
                          </Button>
                        </Manage>
                      }
                    >
                      {m.stores_proposed_lead()}
                    </Banner>
                  )}
                  <Panel title={m.stores_panel()} flush>
                    <table className="list stores">
                      <thead>
                        <tr>
                          <th>{m.stores_shop()}</th>
                          <th>{m.stores_location()}</th>
                          <th>{m.stores_reserve()}</th>
                        </tr>
                      </thead>
                      <tbody>
                        {open.map((shop) => {
                          const key = `shop:${shop.id}` as const;
                          const location = v[key] ?? '';
                          const units = `reserve:${location}` as const;
                          return (
                            <tr key={shop.id}>
                              <th scope="row" className="full">
                                {shop.archived ? m.archived({ name: shop.name }) : shop.name}
                              </th>
                              <td className="full">
                                <SelectField
                                  hideLabel
                                  label={m.stores_location_of({ shop: shop.name })}
                                  none={m.stores_none()}
                                  value={location}
                                  onChange={(id) => draft.set({ [key]: id })}
                                  choices={locations
                                    .filter((l) => l.active || l.id === location)
                                    .map((l) => ({
                                      value: l.id,
                                      label: l.active ? l.name : m.stores_retired({ name: l.name }),
                                      disabled: Object.entries(v).some(
                                        ([k, id]) => k.startsWith('shop:') && k !== key && id === l.id,
                                      ),
                                    }))}
                                  changed={draft.changed(key)}
                                  error={draft.errors[key]}
                                />
                              </td>
                              <td className="full">
                                {location && (
                                  <TextField
                                    label={
                                      <>
                                        <span className="only-p">{m.stores_reserve()}</span>
                                        <span className="sr"> {m.stores_reserve_of({ shop: shop.name })}</span>
                                      </>
                                    }
                                    inputMode="numeric"
                                    value={v[units] ?? '0'}
                                    onChange={(n) => draft.set({ [units]: n })}
                                    changed={draft.changed(units)}
                                    error={wrong.includes(units) ? m.stores_units_bad() : draft.errors[units]}
                                  />
                                )}
                              </td>
                            </tr>
                          );
                        })}
                      </tbody>
                    </table>
                  </Panel>
                  <p className="muted small">{m.stores_reserve_hint()}</p>
                  {draft.dirty && pairs.length === 0 && <p className="t-bad">{m.stores_at_least_one()}</p>}
                </div>
                <PreviewPanel preview={preview} dirty={draft.dirty} tab={tab} setTab={setTab} sticky />
              </div>
            </Form>
          );
        }}
      </Loaded>
      {draft.bar({
        brief: <PreviewBrief preview={preview} />,
        problems: wrong.length + (draft.dirty && pairs.length === 0 ? 1 : 0) || undefined,
      })}
    </>
  );
}
