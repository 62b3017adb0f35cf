import { Link, useNavigate } from '@tanstack/react-router';
import { useClient, useQuery } from 'urql';
import type { ExportPageQuery } from '../../gql/graphql';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { Radios, SelectField, Switch, TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Count, Pill } from '../../kit/Pill';
import { Form } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { useSettings } from '../../kit/settings';
import { useSite } from '../../kit/Time';
import { number } from '../../lib/format';
import { fromLocal, toLocal, zoneName } from '../../lib/time';
import { m } from '../../paraglide/messages.js';
import { OrdersAround } from '../orders/documents';
import { Methods } from './Methods';

const ExportPage = graphql(`
  query ExportPage {
    exportSettings {
      revision
      enabled
      employee {
        id
      }
      register {
        id
      }
      registerRoutes {
        location {
          id
        }
        register {
          id
        }
      }
      statusAfter {
        id
      }
      whenFulfilled
      unlinkedLines
      taxHandling
      supplierLines
      openOrders
      ordersFrom
      issues {
        code
        message
        messageParameters {
          name
          value
        }
        advice
      }
    }
    employees {
      id
      name
      locked
      archived
    }
    registers {
      id
      name
      archived
      shop {
        id
        name
        location {
          id
        }
      }
    }
    locations {
      id
      name
      active
    }
    statusTypes {
      id
      name
      retired
    }
    paymentMethodMappings {
      method
      revision
      changedBy
      paymentType {
        id
      }
    }
    paymentTypes {
      id
      name
      archived
    }
  }
`);

const SaveExport = graphql(`
  mutation SaveExport($input: UpdateExportSettingsInput!) {
    updateExportSettings(input: $input) {
      exportSettings {
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

export type ExportData = ExportPageQuery;

type Settings = ExportPageQuery['exportSettings'];
type Routes = { [key: `route:${string}`]: string };
type Fields = Pick<
  Settings,
  'enabled' | 'whenFulfilled' | 'unlinkedLines' | 'taxHandling' | 'supplierLines' | 'openOrders'
> & {
  employeeId: string | null;
  registerId: string | null;
  statusAfterId: string | null;
  ordersFrom: string; // as an input of the site's zone shows it
};

/** The draft has the names of the input, so that errors find their fields; routes are one field for each location. */
function toDraft(d: ExportPageQuery, zone: string): Fields & Routes {
  const s = d.exportSettings;
  const routes: Record<string, string> = {};
  for (const l of d.locations) routes[`route:${l.id}`] = '';
  for (const r of s.registerRoutes) routes[`route:${r.location.id}`] = r.register.id;
  return {
    enabled: s.enabled,
    employeeId: s.employee?.id ?? null,
    registerId: s.register?.id ?? null,
    statusAfterId: s.statusAfter?.id ?? null,
    whenFulfilled: s.whenFulfilled,
    unlinkedLines: s.unlinkedLines,
    taxHandling: s.taxHandling,
    supplierLines: s.supplierLines,
    openOrders: s.openOrders,
    ordersFrom: s.ordersFrom ? toLocal(s.ordersFrom, zone) : '',
    ...(routes as Routes),
  };
}

export function Page() {
  const { timeZone } = useSite();
  const [result, again] = useQuery({ query: ExportPage });
  const save = useAct(SaveExport);
  const client = useClient();
  const go = useNavigate();
  // What the settings are for: how many orders can go now. Where something stops all of them, the page says that.
  const exportable = async () => {
    const now = await client.query(OrdersAround, {}, { requestPolicy: 'network-only' }).toPromise();
    if (!now.data || now.data.exportSettings.issues.length > 0) return undefined;
    const n = now.data.exportCounts.ready;
    if (n === 0) return { text: m.export_can_none() };
    return {
      text: m.export_can_now({ count: n, n: number(n) }),
      act: { label: m.export_see_orders(), run: () => void go({ to: '/orders' }) },
    };
  };
  const data = result.data;
  const draft = useSettings<Fields & Routes>({
    saved: data && toDraft(data, timeZone),
    revision: data?.exportSettings.revision ?? 0,
    setting: 'exportSettings',
    reload: () => again({ requestPolicy: 'network-only' }),
    save: async (changed, value, { expectedRevision }) => {
      const fields = Object.fromEntries(Object.entries(changed).filter(([k]) => !k.startsWith('route:')));
      const routes = Object.entries(value)
        .filter(([k, register]) => k.startsWith('route:') && register)
        .map(([k, register]) => ({ locationId: k.slice('route:'.length), registerId: String(register) }));
      const { ok, userErrors } = await save.run({
        input: {
          ...fields,
          ...(changed.ordersFrom !== undefined && {
            ordersFrom: changed.ordersFrom ? fromLocal(changed.ordersFrom, timeZone) : null,
          }),
          ...(Object.keys(changed).some((k) => k.startsWith('route:')) && { registerRoutes: routes }),
          expectedRevision,
        },
      });
      return {
        ok,
        said: ok && value.enabled ? await exportable() : undefined,
        userErrors: userErrors.map((e) => {
          const route = e.field[0] === 'registerRoutes' ? routes[Number(e.field[1])] : undefined;
          return route ? { ...e, field: [`route:${route.locationId}`] } : e;
        }),
      };
    },
  });
  const v = draft.value;
  const s = data?.exportSettings;
  const pill = !s ? null : !s.enabled ? (
    <Pill tone="plain">{m.off()}</Pill>
  ) : s.issues.length > 0 ? (
    <Pill tone="warn">{m.export_on_issues({ count: s.issues.length, n: number(s.issues.length) })}</Pill>
  ) : (
    <Pill tone="ok">{m.on()}</Pill>
  );
  // Both are needed to switch it on: a fault of the draft, which blocks saving.
  const noEmployee = v?.enabled && !s?.enabled && !v.employeeId ? m.export_choose_employee() : undefined;
  const noRegister = v?.enabled && !s?.enabled && !v.registerId ? m.export_choose_register() : undefined;
  return (
    <>
      <Head title={m.nav_export()} lead={m.export_lead()} pill={pill} />
      <Loaded result={result} again={again} rows={10}>
        {(d) => {
          if (!v || !s) return null;
          const employee = d.employees.find((e) => e.id === v.employeeId);
          const standing = employee?.locked
            ? m.export_employee_locked()
            : employee?.archived
              ? m.export_employee_archived()
              : undefined;
          const registers = d.registers
            .filter((r) => !r.archived || r.id === v.registerId)
            .map((r) => ({
              value: r.id,
              label: registerWords(r),
              disabled: r.archived,
            }));
          const main = d.registers.find((r) => r.id === v.registerId);
          return (
            <Form>
              <div className="cols">
                <div className="stack">
                  <Panel title={m.export_use_title()}>
                    <Switch
                      label={m.export_use()}
                      hint={m.export_use_hint()}
                      value={v.enabled}
                      onChange={(enabled) => draft.set({ enabled })}
                      changed={draft.changed('enabled')}
                      error={draft.errors.enabled}
                    />
                    <div className="fields pair">
                      <SelectField
                        label={m.export_employee()}
                        hint={m.export_employee_hint()}
                        none={m.export_none_chosen()}
                        value={v.employeeId ?? ''}
                        onChange={(id) => draft.set({ employeeId: id || null })}
                        choices={d.employees
                          .filter((e) => !e.archived || e.id === v.employeeId)
                          .map((e) => ({
                            value: e.id,
                            label: e.archived
                              ? m.archived({ name: e.name })
                              : e.locked
                                ? m.export_locked({ name: e.name })
                                : e.name,
                            disabled: e.archived || e.locked,
                          }))}
                        changed={draft.changed('employeeId')}
                        error={noEmployee ?? draft.errors.employeeId ?? standing}
                      />
                      <SelectField
                        label={m.export_register()}
                        hint={m.export_register_hint()}
                        none={m.export_none_chosen()}
                        value={v.registerId ?? ''}
                        onChange={(id) => draft.set({ registerId: id || null })}
                        choices={registers}
                        changed={draft.changed('registerId')}
                        error={noRegister ?? draft.errors.registerId}
                      />
                    </div>
                    <p className="muted small gap">{m.export_both_hint()}</p>
                  </Panel>
                  <Panel title={m.export_routes()} flush>
                    <p className="muted small pad24">{m.export_routes_lead()}</p>
                    <table className="list">
                      <thead>
                        <tr>
                          <th>{m.export_routes_location()}</th>
                          <th>{m.export_routes_register()}</th>
                        </tr>
                      </thead>
                      <tbody>
                        {d.locations
                          .filter((l) => l.active || v[`route:${l.id}`])
                          .map((l) => {
                            const key = `route:${l.id}` as const;
                            return (
                              <tr key={l.id}>
                                <th scope="row" className="full">
                                  {l.name}
                                </th>
                                <td className="full">
                                  <SelectField
                                    hideLabel
                                    label={m.export_routes_of({ location: l.name })}
                                    none={
                                      main ? m.export_routes_above({ register: main.name }) : m.export_routes_default()
                                    }
                                    value={v[key] ?? ''}
                                    onChange={(id) => draft.set({ [key]: id })}
                                    choices={d.registers
                                      .filter((r) => !r.archived || r.id === v[key])
                                      .map((r) => ({ value: r.id, label: registerWords(r), disabled: r.archived }))}
                                    hint={v[key] ? undefined : withoutRegister(l, main)}
                                    changed={draft.changed(key)}
                                    error={draft.errors[key]}
                                  />
                                </td>
                              </tr>
                            );
                          })}
                      </tbody>
                    </table>
                  </Panel>
                  <Panel title={m.export_status()} aside={<span className="muted small">{m.optional()}</span>}>
                    <div className="fields">
                      <SelectField
                        hideLabel
                        label={m.export_status()}
                        none={m.export_status_none()}
                        value={v.statusAfterId ?? ''}
                        onChange={(id) => draft.set({ statusAfterId: id || null })}
                        choices={d.statusTypes
                          .filter((t) => !t.retired || t.id === v.statusAfterId)
                          .map((t) => ({ value: t.id, label: t.name, disabled: t.retired }))}
                        changed={draft.changed('statusAfterId')}
                        error={draft.errors.statusAfterId}
                        hint={
                          <>
                            {m.export_status_hint()} <Link to="/settings/statuses">{m.export_status_edit()}</Link>
                          </>
                        }
                      />
                    </div>
                  </Panel>
                  <Panel title={m.export_when_title()}>
                    <Switch
                      label={m.export_when()}
                      hint={m.export_when_hint()}
                      value={v.whenFulfilled}
                      onChange={(whenFulfilled) => draft.set({ whenFulfilled })}
                      changed={draft.changed('whenFulfilled')}
                      error={draft.errors.whenFulfilled}
                    />
                  </Panel>
                  <Methods data={d} again={() => again({ requestPolicy: 'network-only' })} />
                  <Panel title={m.export_lines()}>
                    <Radios
                      headed
                      label={m.export_unlinked()}
                      value={v.unlinkedLines}
                      saved={s.unlinkedLines}
                      onChange={(unlinkedLines) => draft.set({ unlinkedLines })}
                      choices={[
                        {
                          value: 'BLOCK',
                          label: m.export_unlinked_block(),
                          hint: m.export_unlinked_block_hint(),
                          usual: true,
                        },
                        {
                          value: 'UNLINKED_LINES_AS_MISC',
                          label: m.export_unlinked_text(),
                          hint: m.export_unlinked_text_hint(),
                        },
                      ]}
                      error={draft.errors.unlinkedLines}
                    />
                    <Radios
                      headed
                      label={m.export_tax()}
                      value={v.taxHandling}
                      saved={s.taxHandling}
                      onChange={(taxHandling) => draft.set({ taxHandling })}
                      choices={[
                        { value: 'POS', label: m.export_tax_pos(), hint: m.export_tax_pos_hint() },
                        { value: 'LINE', label: m.export_tax_line(), hint: m.export_tax_line_hint() },
                      ]}
                      error={draft.errors.taxHandling}
                    />
                    <Radios
                      headed
                      label={m.export_supplier()}
                      value={v.supplierLines}
                      saved={s.supplierLines}
                      onChange={(supplierLines) => draft.set({ supplierLines })}
                      choices={[
                        {
                          value: 'LOWER_STOCK',
                          label: m.export_supplier_stock(),
                          hint: m.export_supplier_stock_hint(),
                        },
                        { value: 'AS_TEXT', label: m.export_supplier_text(), hint: m.export_supplier_text_hint() },
                      ]}
                      error={draft.errors.supplierLines}
                    />
                  </Panel>
                  <Panel title={m.export_open()}>
                    <Radios
                      label={m.export_open()}
                      value={v.openOrders}
                      saved={s.openOrders}
                      onChange={(openOrders) => draft.set({ openOrders })}
                      choices={[
                        {
                          value: 'DEDUCT',
                          label: m.export_open_deduct(),
                          hint: m.export_open_deduct_hint(),
                          usual: true,
                        },
                        { value: 'IGNORE', label: m.export_open_ignore(), hint: m.export_open_ignore_hint() },
                      ]}
                      error={draft.errors.openOrders}
                    />
                    <div className="fields gap">
                      <TextField
                        type="datetime-local"
                        label={m.export_from()}
                        hint={m.export_from_hint({ zone: zoneName(timeZone) })}
                        value={v.ordersFrom}
                        onChange={(ordersFrom) => draft.set({ ordersFrom })}
                        changed={draft.changed('ordersFrom')}
                        error={draft.errors.ordersFrom}
                      />
                    </div>
                  </Panel>
                </div>
                <div className="stack">
                  {s.enabled && s.issues.length > 0 && (
                    <Panel title={m.export_issues()} aside={<Count value={number(s.issues.length)} tone="bad" />}>
                      {s.issues.map((i) => (
                        <div key={i.code + i.message} className="blk bad">
                          <Icon name="bad" />
                          <span className="t">{i.message}</span>
                          <p>{i.advice}</p>
                        </div>
                      ))}
                    </Panel>
                  )}
                  <Panel title={m.export_know()}>
                    <ul className="know">
                      <li>{m.export_know_1()}</li>
                      <li>{m.export_know_2()}</li>
                      <li>{m.export_know_3()}</li>
                      <li>{m.export_know_4()}</li>
                      <li>{m.export_know_5()}</li>
                      <li>{m.export_know_6()}</li>
                    </ul>
                  </Panel>
                </div>
              </div>
            </Form>
          );
        }}
      </Loaded>
      {draft.bar({ problems: (noEmployee ? 1 : 0) + (noRegister ? 1 : 0) || undefined })}
    </>
  );
}

/** What becomes of orders that leave a location without a register of its own, where that is not what one would think. */
function withoutRegister(
  location: { id: string; name: string },
  main: ExportData['registers'][number] | undefined,
): string | undefined {
  if (!main) return m.export_routes_nowhere();
  if (!main.shop || main.shop.location?.id === location.id) return undefined;
  return m.export_routes_other({ shop: main.shop.name, location: location.name });
}

function registerWords(r: { name: string; archived: boolean; shop?: { name: string } | null }): string {
  const name = r.shop ? `${r.name} · ${r.shop.name}` : r.name;
  return r.archived ? m.archived({ name }) : name;
}
