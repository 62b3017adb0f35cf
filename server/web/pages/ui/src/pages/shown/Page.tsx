import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { Radios, Switch } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Form } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { useSettings } from '../../kit/settings';
import { m } from '../../paraglide/messages.js';
import { PreviewBrief, PreviewPanel } from '../preview/PreviewPanel';
import { type Effect, usePreview } from '../preview/usePreview';

const ShownPage = graphql(`
  query ShownPage {
    importSettings {
      revision
      onHand
      onOrder
      reorder
      costBasis
      requiredIdentifiers
      barcodeLinks
    }
  }
`);

const SaveShown = graphql(`
  mutation SaveShown($input: UpdateImportSettingsInput!) {
    updateImportSettings(input: $input) {
      importSettings {
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

export function Page() {
  const [result, again] = useQuery({ query: ShownPage });
  const save = useAct(SaveShown);
  const [tab, setTab] = useState<Effect>('APPEARS');
  const now = result.data?.importSettings;
  const draft = useSettings({
    saved: now && {
      onHand: now.onHand,
      onOrder: now.onOrder,
      reorder: now.reorder,
      costBasis: now.costBasis,
      requiredIdentifiers: now.requiredIdentifiers,
      barcodeLinks: now.barcodeLinks,
    },
    revision: now?.revision ?? 0,
    setting: 'importSettings',
    acknowledgement: 'HIDES_MANY',
    reload: () => again({ requestPolicy: 'network-only' }),
    save: (changed, _, extra) => save.run({ input: { ...changed, ...extra } }),
  });
  const preview = usePreview(draft.dirty ? { importSettings: draft.patch } : undefined, tab);
  const v = draft.value;
  const what = (
    [
      ['onHand', m.shown_on_hand_short()],
      ['onOrder', m.shown_on_order_short()],
      ['reorder', m.shown_reorder_short()],
      ['costBasis', m.shown_cost_short()],
      ['requiredIdentifiers', m.shown_codes()],
      ['barcodeLinks', m.shown_links()],
    ] as const
  )
    .filter(([field]) => draft.changed(field))
    .map(([, words]) => words)
    .join(', ');
  const off = v && !v.onHand && !v.onOrder && !v.reorder;
  return (
    <>
      <Head title={m.nav_shown()} lead={m.shown_lead()} />
      <Loaded result={result} again={again} rows={8}>
        {() =>
          v &&
          now && (
            <Form>
              <div className="cols even">
                <div className="stack">
                  <Panel title={m.shown_rules()}>
                    <p className="muted small">{m.shown_rules_hint()}</p>
                    <Switch
                      label={m.shown_on_hand()}
                      hint={m.shown_on_hand_hint()}
                      value={v.onHand}
                      onChange={(onHand) => draft.set({ onHand })}
                      changed={draft.changed('onHand')}
                      error={draft.errors.onHand}
                    />
                    <Switch
                      label={m.shown_on_order()}
                      hint={m.shown_on_order_hint()}
                      value={v.onOrder}
                      onChange={(onOrder) => draft.set({ onOrder })}
                      changed={draft.changed('onOrder')}
                      error={draft.errors.onOrder}
                    />
                    <Switch
                      label={m.shown_reorder()}
                      hint={m.shown_reorder_hint()}
                      value={v.reorder}
                      onChange={(reorder) => draft.set({ reorder })}
                      changed={draft.changed('reorder')}
                      error={draft.errors.reorder}
                    />
                    {off && <p className="t-warn">{m.shown_all_off()}</p>}
                  </Panel>
                  <Panel title={m.shown_must()}>
                    <Radios
                      headed
                      label={m.shown_cost()}
                      value={v.costBasis}
                      saved={now.costBasis}
                      onChange={(costBasis) => draft.set({ costBasis })}
                      choices={[
                        {
                          value: 'DEFAULT_COST',
                          label: 'Default Cost',
                          hint: m.shown_cost_default_hint(),
                          usual: true,
                        },
                        { value: 'MSRP', label: 'MSRP', hint: m.shown_cost_msrp_hint() },
                      ]}
                      error={draft.errors.costBasis}
                    />
                    <Radios
                      headed
                      label={m.shown_codes()}
                      value={v.requiredIdentifiers}
                      saved={now.requiredIdentifiers}
                      onChange={(requiredIdentifiers) => draft.set({ requiredIdentifiers })}
                      choices={[
                        { value: 'GTIN_OR_MPN', label: m.shown_codes_or(), hint: m.shown_codes_or_hint(), usual: true },
                        { value: 'GTIN_AND_MPN', label: m.shown_codes_and(), hint: m.shown_codes_and_hint() },
                      ]}
                      error={draft.errors.requiredIdentifiers}
                    />
                  </Panel>
                  <Panel title={m.shown_links()}>
                    <Radios
                      label={m.shown_links()}
                      value={v.barcodeLinks}
                      saved={now.barcodeLinks}
                      onChange={(barcodeLinks) => draft.set({ barcodeLinks })}
                      choices={[
                        { value: 'AT_ONCE', label: m.shown_links_once(), hint: m.shown_links_once_hint(), usual: true },
                        { value: 'CONFIRMED', label: m.shown_links_person(), hint: m.shown_links_person_hint() },
                      ]}
                      error={draft.errors.barcodeLinks}
                    />
                  </Panel>
                </div>
                <PreviewPanel preview={preview} dirty={draft.dirty} tab={tab} setTab={setTab} sticky />
              </div>
            </Form>
          )
        }
      </Loaded>
      {draft.bar({ what, brief: <PreviewBrief preview={preview} /> })}
    </>
  );
}
