import { useState } from 'react';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { SelectField } from '../../kit/Field';
import { Panel } from '../../kit/Panel';
import { Tag } from '../../kit/Pill';
import { Empty } from '../../kit/States';
import { toast } from '../../kit/toast';
import { m } from '../../paraglide/messages.js';
import type { ExportData } from './Page';

const SaveMethod = graphql(`
  mutation SaveMethod($input: SetPaymentMethodMappingInput!) {
    setPaymentMethodMapping(input: $input) {
      paymentMethodMapping {
        method
        revision
        changedBy
        paymentType {
          id
        }
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

/** Which payment type each payment method of the website is booked as. Each is saved as soon as it is chosen. */
export function Methods({ data, again }: { data: ExportData; again(): void }) {
  return (
    <Panel title={m.methods()} flush={data.paymentMethodMappings.length > 0}>
      {data.paymentMethodMappings.length === 0 ? (
        <Empty icon="card" title={m.methods_none()}>
          {m.methods_lead()}
        </Empty>
      ) : (
        <>
          <p className="muted small pad24">{m.methods_lead()}</p>
          <table className="list">
            <thead>
              <tr>
                <th>{m.methods_website()}</th>
                <th>{m.methods_type()}</th>
                <th>{m.methods_state()}</th>
              </tr>
            </thead>
            <tbody>
              {data.paymentMethodMappings.map((p) => (
                <Method key={p.method} mapping={p} types={data.paymentTypes} again={again} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Panel>
  );
}

type MethodProps = {
  mapping: ExportData['paymentMethodMappings'][number];
  types: ExportData['paymentTypes'];
  again(): void;
};

function Method({ mapping, types, again }: MethodProps) {
  const act = useAct(SaveMethod);
  const [error, setError] = useState<string>();
  const chosen = types.find((t) => t.id === mapping.paymentType?.id);
  const save = async (paymentTypeId: string, revision: number, undo?: string) => {
    const { ok, data, userErrors } = await act.run({
      input: { method: mapping.method, paymentTypeId, expectedRevision: revision },
    });
    setError(userErrors.map((e) => e.message).join(' ') || undefined);
    again();
    const now = data?.setPaymentMethodMapping.paymentMethodMapping?.revision;
    if (ok)
      toast(m.saved(), undo && now !== undefined ? { label: m.undo(), run: () => void save(undo, now) } : undefined);
  };
  return (
    <tr>
      <th scope="row" className="full">
        {mapping.method}
      </th>
      <td className="full">
        <SelectField
          hideLabel
          label={m.methods_type_of({ method: mapping.method })}
          none={mapping.paymentType ? undefined : m.methods_unknown()}
          value={mapping.paymentType?.id ?? ''}
          onChange={(id) => {
            if (id) void save(id, mapping.revision, mapping.paymentType?.id);
          }}
          choices={types
            .filter((t) => !t.archived || t.id === mapping.paymentType?.id)
            .map((t) => ({
              value: t.id,
              label: t.archived ? m.archived({ name: t.name }) : t.name,
              disabled: t.archived,
            }))}
          disabled={act.busy}
          error={error ?? (chosen?.archived ? m.methods_archived() : undefined)}
        />
      </td>
      <td className="full">
        {chosen?.archived ? (
          <Tag tone="bad">{m.methods_stops()}</Tag>
        ) : mapping.changedBy ? (
          <Tag tone="ok">{m.methods_chosen({ who: mapping.changedBy })}</Tag>
        ) : (
          <Tag tone="ok">{m.methods_same()}</Tag>
        )}
      </td>
    </tr>
  );
}
