import { useState } from 'react';
import { useClient } from 'urql';
import type { OrderRowFragment, OrderWhere } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { SelectField } from '../../kit/Field';
import { say } from '../../kit/live';
import { PickBar } from '../../kit/PickBar';
import { sum } from '../../lib/decimal';
import { type MoneyLike, money, number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { exportAll, most, type Outcome, refundsDone, retryAll, type Selection, setStatus } from './bulk';
import type { View } from './views';

type Props = {
  view: View;
  rows: readonly OrderRowFragment[];
  count: number;
  where: OrderWhere;
  statuses: readonly { id: string; name: string; retired: boolean }[];
  picked: ReadonlySet<string>;
  onPick(picked: ReadonlySet<string>): void;
  register?: string;
  onDone(outcome: Outcome & { words: string }): void;
};

const unasked = 25; // exports of so many orders need no second question

/** Reports an outcome in words, which screen readers say too. */
export function report(outcome: Outcome, words: (done: number) => string): Outcome & { words: string } {
  const { done, refused, error } = outcome;
  const text =
    error !== undefined && done === 0
      ? m.bulk_not_done()
      : refused.length > 0
        ? `${words(done)} ${m.bulk_refused({ count: refused.length, n: number(refused.length) })}`
        : words(done);
  say(text);
  return { ...outcome, words: text };
}

/** What can be done with the selected orders, those of other pages included. */
export function Bulk({ view, rows, count, where, statuses, register, picked, onPick, onDone }: Props) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  // All that the filters find, and not this page alone: asked for over this selection, and over no later one.
  const [every, setEvery] = useState<ReadonlySet<string>>();
  const all = every === picked && count > picked.size;
  const whole = rows.every((r) => picked.has(r.id)) && count > picked.size;
  const n = all ? count : picked.size;
  const chosen: Selection = all ? { where, expectedCount: count } : { orderIds: [...picked] };
  const here = rows.filter((r) => picked.has(r.id));
  // Only the orders of this page are known with their amounts.
  const total =
    !all && here.length === picked.size && here[0]
      ? { ...here[0].total, amount: sum(here.map((r) => r.total.amount)) }
      : undefined;

  const run = async (act: () => Promise<Outcome>, words: (done: number) => string) => {
    setBusy(true);
    const outcome = await act();
    setBusy(false);
    onDone(report(outcome, words));
  };
  const exportThem = () => {
    setAsking(false);
    void run(
      () => exportAll(client, chosen),
      (done) => m.bulk_exported({ count: done, n: number(done) }),
    );
  };
  return (
    <>
      <PickBar
        text={m.bulk_picked({ count: n, n: number(n) })}
        clear={() => onPick(new Set())}
        more={
          whole &&
          !all &&
          (count <= most ? (
            <Button look="quiet" small onClick={() => setEvery(picked)}>
              {m.bulk_all({ n: number(count) })}
            </Button>
          ) : (
            <span className="muted small">{m.bulk_too_many({ n: number(most) })}</span>
          ))
        }
      >
        <SelectField
          label={m.bulk_status()}
          hideLabel
          none={m.bulk_status()}
          value=""
          disabled={busy}
          onChange={(status) => {
            if (status)
              void run(
                () => setStatus(client, chosen, status),
                (done) => m.bulk_status_set({ count: done, n: number(done) }),
              );
          }}
          choices={statuses.filter((s) => !s.retired).map((s) => ({ value: s.id, label: s.name }))}
        />
        {view === 'refund' && (
          <Button
            look="primary"
            busy={busy}
            onClick={() =>
              void run(
                () => refundsDone(client, chosen),
                (done) => m.bulk_refunds({ count: done, n: number(done) }),
              )
            }
          >
            {m.refund_done()}
          </Button>
        )}
        {view === 'failed' && (
          <Button
            look="primary"
            busy={busy}
            onClick={() =>
              void run(
                () => retryAll(client, chosen),
                (done) => m.bulk_retried({ count: done, n: number(done) }),
              )
            }
          >
            {m.bulk_retry({ n: number(n) })}
          </Button>
        )}
        {(view === 'ready' || view === 'all') && (
          <Button
            look="primary"
            icon="export"
            busy={busy}
            onClick={() => (n > unasked ? setAsking(true) : exportThem())}
          >
            {m.bulk_export({ n: number(n) })}
          </Button>
        )}
      </PickBar>
      <AskExport
        n={n}
        open={asking}
        register={register}
        total={total}
        onClose={() => setAsking(false)}
        onExport={exportThem}
      />
    </>
  );
}

type AskProps = { n: number; open: boolean; register?: string; total?: MoneyLike; onClose(): void; onExport(): void };

/** Asks before many orders are exported: it cannot be undone. */
function AskExport({ n, open, register, total, onClose, onExport }: AskProps) {
  return (
    <Dialog
      title={m.bulk_ask({ n: number(n) })}
      open={open}
      onClose={onClose}
      acts={
        <>
          <Button autoFocus onClick={onClose}>
            {m.cancel()}
          </Button>
          <Button look="primary" onClick={onExport}>
            {m.bulk_export({ n: number(n) })}
          </Button>
        </>
      }
    >
      <p>
        {m.bulk_ask_lead()} {register && m.bulk_ask_register({ name: register })}
      </p>
      {total !== undefined && <p>{m.bulk_ask_total({ total: money(total) })}</p>}
    </Dialog>
  );
}

type AllProps = Pick<Props, 'count' | 'where' | 'register' | 'onDone'> & {
  /** Whether a setting holds every order back. */
  stopped: boolean;
};

/** Over the list of what can be exported, before anything is selected: how to export, and all of it at once. */
export function ExportAll({ count, where, register, stopped, onDone }: AllProps) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const run = async () => {
    setAsking(false);
    setBusy(true);
    const outcome = await exportAll(client, { where, expectedCount: count });
    setBusy(false);
    onDone(report(outcome, (done) => m.bulk_exported({ count: done, n: number(done) })));
  };
  const many = count > most;
  return (
    <div className="filters all">
      <span className="muted grow">
        {stopped ? m.export_all_stopped() : many ? m.export_all_many({ n: number(most) }) : m.export_all_lead()}
      </span>
      <Button
        look="primary"
        icon="export"
        busy={busy}
        disabled={stopped || many}
        onClick={() => (count > unasked ? setAsking(true) : void run())}
      >
        {m.export_all({ count, n: number(count) })}
      </Button>
      <AskExport
        n={count}
        open={asking}
        register={register}
        onClose={() => setAsking(false)}
        onExport={() => void run()}
      />
    </div>
  );
}
