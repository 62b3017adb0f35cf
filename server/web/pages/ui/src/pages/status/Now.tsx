import { useEffect } from 'react';
import type { RunPartsFragment, SyncNowSubscription } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { say } from '../../kit/live';
import { Meter } from '../../kit/Meter';
import { Panel } from '../../kit/Panel';
import { Pill } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { Time } from '../../kit/Time';
import { toastError } from '../../kit/toast';
import { number, percent } from '../../lib/format';
import { ended, phaseWords, stateTones, stateWords, waitWords } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';
import { CancelSync, ConfirmSync } from './documents';

/** The run of the moment, or when the last one was and the next one is. */
export function Now({ now, run }: { now: SyncNowSubscription['syncStatus']; run: RunPartsFragment }) {
  if (!now.state) return null;
  return ended(now.state) ? <Idle now={now} run={run} /> : <Busy now={now} run={run} />;
}

function Idle({ now, run }: { now: SyncNowSubscription['syncStatus']; run: RunPartsFragment }) {
  const state = now.state ?? 'COMPLETED';
  return (
    <Panel
      title={state === 'FAILED' ? m.now_failed() : m.now_idle()}
      aside={<Pill tone={stateTones[state]}>{stateWords[state]()}</Pill>}
    >
      {run.error && <p className="t-bad">{run.error.message}</p>}
      <dl className="figs two">
        <div>
          <dt>{m.now_last()}</dt>
          <dd>
            <Time at={now.lastSuccessAt} past />
          </dd>
        </div>
        <div>
          <dt>{m.now_next()}</dt>
          <dd>{now.nextRunAt ? <Time at={now.nextRunAt} /> : m.now_none()}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function Busy({ now, run }: { now: SyncNowSubscription['syncStatus']; run: RunPartsFragment }) {
  const cancel = useAct(CancelSync);
  const confirm = useAct(ConfirmSync);
  const state = now.state ?? 'RUNNING';
  const phase = now.phase ? phaseWords[now.phase]() : '';
  const waits = state === 'WAITING' && run.waitReason;
  const needs = waits && run.waitReason === 'CONFIRMATION';

  // Those who hear the page hear the phase and each quarter, not each page of rows.
  const quarter = now.total ? Math.floor((now.done / now.total) * 4) * 25 : 0;
  useEffect(() => {
    say(quarter > 0 ? m.now_said({ phase, percent: percent(quarter, 100) }) : phase);
  }, [phase, quarter]);

  const act = async (a: typeof cancel | typeof confirm) => {
    const { userErrors } = await a.run({ id: run.id });
    if (userErrors[0]) toastError(userErrors[0].message);
  };
  return (
    <Panel title={m.now_busy()} aside={<Pill tone={stateTones[state]}>{stateWords[state]()}</Pill>}>
      <div className="fix">
        <h3>{phase}</h3>
        <span className="muted">
          {now.total ? m.now_of({ done: number(now.done), total: number(now.total) }) : number(now.done)}
        </span>
      </div>
      <Meter progress label={phase} value={now.done} max={now.total ?? 0} />
      {run.waitReason && (
        <p className={needs ? 't-warn' : 'muted'}>
          {needs
            ? m.now_would_hide({ n: number(run.wouldHide), of: number(run.displayedBefore ?? 0) })
            : waitWords[run.waitReason]()}
          {run.resumeAt && (
            <>
              {' '}
              {m.now_resumes()} <Time at={run.resumeAt} />
            </>
          )}
        </p>
      )}
      <dl className="figs">
        <div>
          <dt>{m.count_items()}</dt>
          <dd>{number(run.counts.itemsRead)}</dd>
        </div>
        <div>
          <dt>{m.count_stock()}</dt>
          <dd>{number(run.counts.stockRead)}</dd>
        </div>
        <div>
          <dt>{m.count_changed()}</dt>
          <dd>{number(run.counts.itemsChanged + run.counts.stockChanged)}</dd>
        </div>
        <div>
          <dt>{m.count_shown()}</dt>
          <dd>
            +{number(run.counts.shown)} / −{number(run.counts.hidden)}
          </dd>
        </div>
      </dl>
      <Manage>
        <div className="row">
          {needs && (
            <Button look="danger" busy={confirm.busy} onClick={() => void act(confirm)}>
              {m.now_confirm({ n: number(run.wouldHide) })}
            </Button>
          )}
          <Button busy={cancel.busy} disabled={run.cancelRequested} onClick={() => void act(cancel)}>
            {run.cancelRequested ? m.now_stopping() : m.now_stop()}
          </Button>
        </div>
      </Manage>
    </Panel>
  );
}
