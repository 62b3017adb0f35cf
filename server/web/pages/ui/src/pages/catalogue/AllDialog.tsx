import { useState } from 'react';
import { useQuery } from 'urql';
import type { ProductWhere } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { Icon } from '../../kit/Icon';
import { Loaded } from '../../kit/States';
import { toast } from '../../kit/toast';
import { money, number } from '../../lib/format';
import { type Dates, fault } from '../../lib/sales';
import { date } from '../../lib/time';
import { m } from '../../paraglide/messages.js';
import { PreviewSaleDates, SetSaleDates } from './documents';

type Props = { where: ProductWhere; onClose(): void; onSaved(): void };

/** Sets the sale dates of everything that the filters find, after a look at what that does. */
export function AllDialog({ where, onClose, onSaved }: Props) {
  const [dates, setDates] = useState<Dates>({ start: '', end: '' });
  const [consent, setConsent] = useState(false);
  const [error, setError] = useState<string>();
  const save = useAct(SetSaleDates);
  const wrong = fault(dates);
  const input = { where, startDate: dates.start || null, endDate: dates.end || null };
  const [result, again] = useQuery({ query: PreviewSaleDates, variables: { input }, pause: wrong !== undefined });
  const preview = wrong ? undefined : result.data?.previewSaleDates;
  const run = async () => {
    if (!preview) return;
    const { ok, data, userErrors } = await save.run({
      input: { ...input, expectedCount: preview.count, ...(consent && { acknowledge: ['EVERY_PRODUCT'] }) },
    });
    if (userErrors.some((e) => e.code === 'COUNT_CHANGED')) {
      setError(m.all_count_changed());
      again({ requestPolicy: 'network-only' });
      return;
    }
    setError(userErrors[0]?.message);
    if (!ok) return;
    const n = data?.setSaleDates.changed ?? 0;
    toast(m.dates_saved({ count: n, n: number(n) }));
    onSaved();
    onClose();
  };
  return (
    <Dialog
      title={m.all_title()}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button
            look="primary"
            busy={save.busy}
            disabled={!preview || preview.changing === 0 || (preview.needsAcknowledgement && !consent)}
            onClick={() => void run()}
          >
            {m.all_save({ n: number(preview?.changing ?? 0) })}
          </Button>
        </>
      }
    >
      <div className="fields pair">
        <TextField
          label={m.sale_start()}
          type="date"
          value={dates.start}
          error={wrong === 'start' ? m.dates_no_start() : undefined}
          onChange={(start) => setDates({ ...dates, start })}
        />
        <TextField
          label={m.sale_end()}
          type="date"
          value={dates.end}
          error={wrong === 'end' ? m.dates_order() : undefined}
          onChange={(end) => setDates({ ...dates, end })}
        />
      </div>
      {!wrong && (
        <Loaded result={result} again={again}>
          {({ previewSaleDates: p }) => (
            <>
              <p className="gap" role="status">
                {dates.start
                  ? m.all_sets({ n: number(p.changing), of: number(p.count) })
                  : m.all_clears({ n: number(p.changing), of: number(p.count) })}
              </p>
              {dates.start && p.withoutSalePrice > 0 && (
                <p className="t-warn">{m.all_without({ count: p.withoutSalePrice, n: number(p.withoutSalePrice) })}</p>
              )}
              {p.examples.length > 0 && (
                <ul className="found">
                  {p.examples.map((x) => (
                    <li key={x.product.id}>
                      <span>
                        <bdi>{x.product.name}</bdi>
                        <span className="block small muted">
                          {x.after.saleStartDate
                            ? x.after.saleEndDate
                              ? m.sale_from_to({ from: date(x.after.saleStartDate), to: date(x.after.saleEndDate) })
                              : m.sale_from({ from: date(x.after.saleStartDate) })
                            : m.sale_none()}
                        </span>
                      </span>
                      <span className="diff nw">
                        <del>{money(x.before.price)}</del>
                        <Icon name="right" />
                        <ins>{money(x.after.price)}</ins>
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {p.needsAcknowledgement && (
                <label className="tick">
                  <input type="checkbox" checked={consent} onChange={(e) => setConsent(e.target.checked)} />
                  <span>{m.all_every()}</span>
                </label>
              )}
            </>
          )}
        </Loaded>
      )}
      {error && (
        <p className="t-bad gap" role="alert">
          {error}
        </p>
      )}
    </Dialog>
  );
}
