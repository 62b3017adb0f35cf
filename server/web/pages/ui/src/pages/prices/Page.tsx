import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { SelectField, Switch } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Form, Manage } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { useSettings } from '../../kit/settings';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { m } from '../../paraglide/messages.js';
import { PreviewBrief, PreviewPanel } from '../preview/PreviewPanel';
import { type Effect, usePreview } from '../preview/usePreview';

const PricesPage = graphql(`
  query PricesPage {
    pricingSettings {
      revision
      enabled
      regularPriceLevel {
        id
        name
        archived
      }
      salePriceLevel {
        id
        name
        archived
      }
    }
    priceLevels {
      id
      name
      archived
    }
    syncStatus {
      sequence
      referenceAsOf
    }
  }
`);

const SavePrices = graphql(`
  mutation SavePrices($input: UpdatePricingSettingsInput!) {
    updatePricingSettings(input: $input) {
      pricingSettings {
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

export const ReadReferences = graphql(`
  mutation ReadReferences {
    refreshReferenceData {
      syncRun {
        id
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

export function Page() {
  const [result, again] = useQuery({ query: PricesPage });
  const save = useAct(SavePrices);
  const read = useAct(ReadReferences);
  const [tab, setTab] = useState<Effect>('REPRICED');
  const s = result.data?.pricingSettings;
  const draft = useSettings({
    saved: s && {
      enabled: s.enabled,
      regularPriceLevelId: s.regularPriceLevel?.id ?? null,
      salePriceLevelId: s.salePriceLevel?.id ?? null,
    },
    revision: s?.revision ?? 0,
    setting: 'pricingSettings',
    acknowledgement: 'LOWERS_PRICES',
    reload: () => again({ requestPolicy: 'network-only' }),
    save: (changed, _, extra) => save.run({ input: { ...changed, ...extra } }),
  });
  const v = draft.value;
  // A fault of the draft blocks saving before the service has to say so.
  const same = v?.salePriceLevelId && v.salePriceLevelId === v.regularPriceLevelId ? m.prices_same() : undefined;
  const missing = v?.enabled && !v.regularPriceLevelId ? m.prices_missing() : undefined;
  const preview = usePreview(draft.dirty && !same && !missing ? { pricingSettings: draft.patch } : undefined, tab);
  const levels = (result.data?.priceLevels ?? []).map((l) => ({
    value: l.id,
    label: l.archived ? m.archived({ name: l.name }) : l.name,
    disabled: l.archived,
  }));
  const refresh = async () => {
    const { ok, userErrors } = await read.run({});
    if (ok) toast(m.reading_lists());
    else if (userErrors[0]) toastError(userErrors[0].message);
  };
  return (
    <>
      <Head title={m.nav_prices()} lead={m.prices_lead()} />
      <Loaded result={result} again={again} rows={6}>
        {(data) =>
          v && (
            <Form>
              <div className="cols even">
                <div className="stack">
                  <Panel title={m.prices_panel()}>
                    <Switch
                      label={m.prices_use()}
                      hint={m.prices_use_hint()}
                      value={v.enabled}
                      onChange={(enabled) => draft.set({ enabled })}
                      changed={draft.changed('enabled')}
                      error={draft.errors.enabled}
                    />
                    <div className="fields">
                      <SelectField
                        label={m.prices_regular()}
                        hint={m.prices_regular_hint()}
                        none={m.prices_none_chosen()}
                        value={v.regularPriceLevelId ?? ''}
                        onChange={(id) => draft.set({ regularPriceLevelId: id || null })}
                        choices={levels}
                        changed={draft.changed('regularPriceLevelId')}
                        error={missing ?? draft.errors.regularPriceLevelId}
                      />
                      <SelectField
                        label={m.prices_sale()}
                        hint={m.prices_sale_hint()}
                        none={m.prices_no_sale()}
                        value={v.salePriceLevelId ?? ''}
                        onChange={(id) => draft.set({ salePriceLevelId: id || null })}
                        choices={levels}
                        changed={draft.changed('salePriceLevelId')}
                        error={same ?? draft.errors.salePriceLevelId}
                      />
                    </div>
                    <p className="small muted gap">
                      {m.prices_levels_read()} <Time at={data.syncStatus.referenceAsOf} past />.
                    </p>
                    <Manage>
                      <div style={{ marginBlockStart: 8 }}>
                        <Button small icon="refresh" busy={read.busy} onClick={() => void refresh()}>
                          {m.prices_read_levels()}
                        </Button>
                      </div>
                    </Manage>
                  </Panel>
                  <Banner
                    tone="info"
                    title={m.prices_dates_title()}
                    acts={
                      <Link to="/catalog/items" className="btn">
                        {m.nav_items()}
                      </Link>
                    }
                  >
                    {m.prices_dates_lead()}
                  </Banner>
                </div>
                <PreviewPanel preview={preview} dirty={draft.dirty} tab={tab} setTab={setTab} sticky />
              </div>
            </Form>
          )
        }
      </Loaded>
      {draft.bar({
        brief: <PreviewBrief preview={preview} />,
        problems: (same ? 1 : 0) + (missing ? 1 : 0) || undefined,
      })}
    </>
  );
}
