import { type KeyboardEvent, memo, startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { PriceProblemCode, SalePartsFragment } from '../../gql/graphql';
import { IconButton } from '../../kit/Button';
import { FieldError } from '../../kit/Field';
import { say } from '../../kit/live';
import { Tag } from '../../kit/Pill';
import { SaveBar } from '../../kit/SaveBar';
import { Leaving } from '../../kit/settings';
import { toast, toastError } from '../../kit/toast';
import { money, number } from '../../lib/format';
import { type Changes, type Dates, fault, withDates } from '../../lib/sales';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { datesOf, type Refusal, saveDates, undoDates } from './save';

type Product = SalePartsFragment;
type Column = 'start' | 'end';

const screen = 15; // rows
let first = true;

type Props = { rows: readonly Product[]; onSaved(): void };

/** The sale dates of a page of products, edited like a sheet and saved at once. */
export function DatesTable({ rows: page, onSaved }: Props) {
  const client = useClient();
  const may = useMayManage();
  const [changes, setChanges] = useState<Changes>(new Map());
  const [top, setTop] = useState<Dates>({ start: '', end: '' });
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, Refusal>>(new Map());
  const before = useRef<Changes[]>([]); // what Ctrl+Z goes back to
  const read = useRef(new Map<string, Dates>()); // as they were when the person began to change them
  const table = useRef<HTMLTableElement>(null);
  const seen = useRef(new Map<string, Product>()); // as they were read last, those too that have left the list since
  const saved = useMemo(() => {
    for (const r of page) seen.current.set(r.id, r);
    for (const [id, { now }] of refused) if (now) seen.current.set(id, now);
    return new Map([...seen.current].map(([id, r]) => [id, datesOf(r)]));
  }, [page, refused]);
  // A product with changes stays in sight when the list no longer has it: nothing is saved that nobody sees.
  const rows = useMemo(() => {
    const here = new Set(page.map((r) => r.id));
    const gone = [...changes.keys()].filter((id) => !here.has(id)).map((id) => seen.current.get(id));
    return [...page, ...gone.filter((r) => r !== undefined)];
  }, [page, changes]);
  // On the first page of a visit the rows of a screen are painted first, the others right after.
  const [whole, setWhole] = useState(!first);
  useEffect(() => {
    first = false;
    startTransition(() => setWhole(true));
  }, []);
  const savedNow = useRef(saved);
  savedNow.current = saved;

  const change = useCallback((more: ReadonlyMap<string, Partial<Dates>>) => {
    setRefused((now) => new Map([...now].filter(([id]) => !more.has(id))));
    setChanges((now) => {
      before.current = [...before.current.slice(-49), now];
      for (const id of more.keys()) {
        const dates = savedNow.current.get(id);
        if (dates && !now.has(id)) read.current.set(id, dates);
      }
      return withDates(now, savedNow.current, more);
    });
  }, []);
  const set = useCallback(
    (id: string, column: Column, value: string) => change(new Map([[id, { [column]: value }]])),
    [change],
  );
  const copyDown = (column: Column) => {
    change(new Map(rows.map((r) => [r.id, { [column]: top[column] }])));
    say(m.copied_down({ n: number(rows.length) }));
  };
  const discard = () => {
    setChanges(new Map());
    setRefused(new Map());
    before.current = [];
  };
  const keys = (e: KeyboardEvent) => {
    if ((e.ctrlKey || e.metaKey) && e.key === 'z' && before.current.length > 0) {
      e.preventDefault();
      setRefused(new Map());
      setChanges(before.current.pop() ?? new Map());
    }
    if (e.key !== 'Enter' || !(e.target instanceof HTMLInputElement)) return;
    e.preventDefault();
    const column = [...(table.current?.querySelectorAll<HTMLInputElement>(`[data-col=${e.target.dataset.col}]`) ?? [])];
    column[column.indexOf(e.target) + (e.shiftKey ? -1 : 1)]?.focus();
  };

  const faults = [...changes.values()].filter((d) => fault(d) !== undefined).length;
  const save = async () => {
    setSaving(true);
    const old = new Map([...read.current].filter(([id]) => changes.has(id)));
    const outcome = await saveDates(client, changes, read.current);
    setSaving(false);
    setRefused(outcome.refused);
    if (!outcome.ok) {
      for (const [id, { now }] of outcome.refused) if (now) read.current.set(id, datesOf(now));
      if (outcome.refused.size === 0 && outcome.message) toastError(outcome.message);
      requestAnimationFrame(() => table.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    discard();
    onSaved();
    const said = m.dates_saved({ count: old.size, n: number(old.size) });
    // Where somebody else had set the same dates already, we do not know what to go back to.
    if (outcome.changed < old.size) {
      toast(said);
      return;
    }
    toast(said, {
      label: m.undo(),
      run: () =>
        void undoDates(client, old, changes).then((words) => {
          if (words) toastError(words);
          onSaved();
        }),
    });
  };
  return (
    <>
      <table className="list dates" ref={table} onKeyDown={keys}>
        <thead>
          <tr>
            <th>{m.item()}</th>
            <th className="num">{m.price_regular()}</th>
            <th className="num">{m.price_sale()}</th>
            <th className="num">{m.price_now()}</th>
            <th>{m.sale_start()}</th>
            <th>{m.sale_end()}</th>
          </tr>
          {may && (
            <tr className="every">
              <th colSpan={4} scope="row">
                {m.dates_top({ n: number(rows.length) })}
              </th>
              {(['start', 'end'] as const).map((column) => (
                <td key={column}>
                  <span className="copy">
                    <input
                      type="date"
                      className="in"
                      aria-label={column === 'start' ? m.top_start() : m.top_end()}
                      value={top[column]}
                      onChange={(e) => setTop({ ...top, [column]: e.target.value })}
                    />
                    <IconButton
                      icon="copydown"
                      label={column === 'start' ? m.copy_start() : m.copy_end()}
                      onClick={() => copyDown(column)}
                    />
                  </span>
                </td>
              ))}
            </tr>
          )}
        </thead>
        <tbody>
          {(whole ? rows : rows.slice(0, screen)).map((p) => (
            <Row key={p.id} product={p} dates={changes.get(p.id)} refused={refused.get(p.id)} onChange={set} />
          ))}
        </tbody>
      </table>
      {changes.size > 0 && (
        <SaveBar
          changes={changes.size}
          problems={faults}
          saving={saving}
          onSave={() => void save()}
          onDiscard={discard}
        />
      )}
      <Leaving dirty={changes.size > 0 && !saving} count={changes.size} />
    </>
  );
}

const problemWords: Record<PriceProblemCode, () => string> = {
  NOT_LINKED: m.problem_not_linked,
  NO_REGULAR_PRICE: m.problem_no_regular,
  NO_SALE_PRICE: m.problem_no_sale,
  SALE_PRICE_NOT_BELOW_REGULAR: m.problem_not_below,
  PRICE_HELD: m.problem_held,
};

type RowProps = {
  product: Product;
  /** As edited; undefined = as saved. */
  dates: Dates | undefined;
  /** What the service said against its dates. */
  refused: Refusal | undefined;
  onChange(id: string, column: Column, value: string): void;
};

const Row = memo(function Row({ product: p, dates, refused, onChange }: RowProps) {
  const saved = datesOf(p);
  const now = dates ?? saved;
  const wrong = fault(now);
  const sale = p.effectivePrice.salePrice;
  const price = p.effectivePrice;
  const error = wrong === 'start' ? m.dates_no_start() : wrong === 'end' ? m.dates_order() : refused?.message;
  const bad = wrong ?? refused?.column;
  return (
    <tr>
      <td className="two full wrap">
        <bdi>{p.name}</bdi>
        <div className="muted">{[p.brand, p.mpn || p.key].filter(Boolean).join(' · ')}</div>
        {price.problems.length > 0 && (
          <div className="tags">
            {price.problems.map((x) => (
              <span key={x.code} title={x.message}>
                <Tag tone="warn">{problemWords[x.code]()}</Tag>
              </span>
            ))}
          </div>
        )}
      </td>
      <td className="num" data-l={m.price_regular()}>
        {money(price.regularPrice)}
      </td>
      <td className="num" data-l={m.price_sale()}>
        {sale && /[1-9]/.test(sale.amount) ? money(sale) : <span className="muted">–</span>}
      </td>
      <td className="num" data-l={m.price_now()}>
        {price.onSale ? <b>{money(price.price)}</b> : money(price.price)}
      </td>
      {(['start', 'end'] as const).map((column) => (
        <td key={column} className="full" data-l={column === 'start' ? m.sale_start() : m.sale_end()}>
          <input
            type="date"
            data-col={column}
            className={`in${now[column] !== saved[column] ? ' changed' : ''}${bad === column ? ' bad' : ''}`}
            aria-label={column === 'start' ? m.start_of({ name: p.name }) : m.end_of({ name: p.name })}
            aria-invalid={bad === column || undefined}
            aria-describedby={bad === column ? `e-${p.id}` : undefined}
            value={now[column]}
            onChange={(e) => onChange(p.id, column, e.target.value)}
          />
          {bad === column && (
            <span className="field">
              <FieldError id={`e-${p.id}`}>{error}</FieldError>
            </span>
          )}
        </td>
      ))}
    </tr>
  );
});
