import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';

import { useViewer } from '../auth';
import { graphql } from '../graphql';
import { byField, change, changedFields, type Patch, type UserError } from '../lib/draft';
import { inZone } from '../lib/zone';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Icon } from './Icon';
import { SaveBar } from './SaveBar';
import { Time, useSite } from './Time';
import { toast } from './toast';

const Theirs = graphql(`
  query Theirs($settings: [String!]!) {
    settingChanges(first: 10, where: { settings: $settings }) {
      edges {
        node {
          revision
          field
          before
          after
          changedBy
          changedAt
        }
      }
    }
  }
`);

type Acknowledgement = 'HIDES_MANY' | 'LOWERS_PRICES';

type Change = { revision: number; field: string; before: string; after: string; changedBy: string; changedAt: string };

/** What is said with "Saved": what can be done now, and where. */
type Said = { text: string; act?: { label: string; run(): void } };

type Options<T> = {
  /** As saved; undefined while it is loading. */
  saved: T | undefined;
  revision: number;
  /** The settings' name in settingChanges. */
  setting: string;
  /** What a save may need the person's consent for. */
  acknowledgement?: Acknowledgement;
  /** Saves the changed fields. `expectedRevision` is what the person has seen. */
  save(
    changed: Patch<T>,
    value: T,
    extra: { expectedRevision: number; acknowledge?: Acknowledgement[] },
  ): Promise<{ ok: boolean; userErrors: UserError[]; said?: Said }>;
  /** Reads the settings again. */
  reload(): void;
};

/**
 * A settings page's draft: what is changed, what is wrong with it, and everything that saving can meet: somebody else saved
 * first, consent is needed, the person leaves. `bar` goes at the end of the page.
 */
export function useSettings<T extends object>(o: Options<T>) {
  const client = useClient();
  const [patch, setPatch] = useState<Patch<T>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [saving, setSaving] = useState(false);
  const [consent, setConsent] = useState<string>(); // the message that asks for it
  const [theirs, setTheirs] = useState<Change[]>(); // what others saved meanwhile
  const [refused, setRefused] = useState(0); // how often saving was refused
  const me = useViewer()?.user;
  const unsure = useRef(false); // whether an answer was lost, so that it may be saved already
  const saved = o.saved;
  const changed = saved ? changedFields(saved, patch) : [];
  const dirty = changed.length > 0;

  const set = useCallback(
    (more: Partial<T>) => {
      if (!saved) return;
      setPatch((p) => change(saved, p, more));
      setErrors((e) =>
        Object.fromEntries(
          Object.entries(e).filter(([k]) => !Object.keys(more).some((f) => k === f || k.startsWith(`${f}.`))),
        ),
      );
    },
    [saved],
  );

  // After the errors are on the page, the first of them gets the focus.
  useEffect(() => {
    if (refused > 0) document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus();
  }, [refused]);

  const discard = useCallback(() => {
    unsure.current = false;
    setPatch({});
    setErrors({});
  }, []);

  const save = async (acknowledge?: Acknowledgement[], revision = o.revision) => {
    if (!saved || saving) return;
    setSaving(true);
    const { ok, userErrors, said } = await o.save(
      patch,
      { ...saved, ...patch },
      { expectedRevision: revision, ...(acknowledge && { acknowledge }) },
    );
    setSaving(false);
    if (!ok && userErrors.length === 0) unsure.current = true;
    if (ok) {
      unsure.current = false;
      const sent = patch; // what was typed meanwhile stays
      setPatch(
        (now) => Object.fromEntries(Object.entries(now).filter(([k, v]) => v !== sent[k as keyof T])) as Partial<T>,
      );
      setErrors({});
      setConsent(undefined);
      toast(
        said ? (
          <>
            <b>{m.saved()}</b> {said.text}
          </>
        ) : (
          m.saved()
        ),
        said?.act,
      );
      return;
    }
    const asks = userErrors.find((e) => e.code === 'ACKNOWLEDGEMENT_REQUIRED');
    if (userErrors.some((e) => e.code === 'STALE_REVISION')) {
      setConsent(undefined);
      o.reload();
      const answer = await client
        .query(Theirs, { settings: [o.setting] }, { requestPolicy: 'network-only' })
        .toPromise();
      const since = (answer.data?.settingChanges.edges ?? []).map((e) => e.node).filter((c) => c.revision > revision);
      const [newest] = since;
      if (unsure.current && newest && since.every((c) => c.changedBy === me && c.revision === revision + 1)) {
        unsure.current = false; // it was saved, and its answer lost
        await save(acknowledge, newest.revision);
      } else setTheirs(since);
    } else if (asks && userErrors.length === 1) {
      setConsent(asks.message);
    } else {
      setConsent(undefined);
      setErrors(byField(userErrors));
      setRefused((n) => n + 1);
    }
  };

  const faulty = Object.keys(errors).filter((k) => !k.includes('.')).length;
  return {
    /** As it would be saved. */
    value: saved ? { ...saved, ...patch } : undefined,
    patch,
    changed: (field: keyof T) => changed.includes(field),
    dirty,
    errors,
    set,
    discard,
    bar: (extra: { what?: ReactNode; brief?: ReactNode; problems?: number; preview?: ReactNode } = {}) => (
      <>
        {dirty && (
          <SaveBar
            changes={changed.length}
            what={extra.what}
            brief={extra.brief}
            problems={extra.problems}
            refused={faulty}
            saving={saving}
            onSave={() => void save()}
            onDiscard={discard}
          />
        )}
        {errors[''] && (
          <p className="sr" role="alert">
            {errors['']}
          </p>
        )}
        {consent !== undefined && (
          <Consent
            key={consent} // a tick is for what was read, and not for the next question
            message={consent}
            preview={extra.preview}
            saving={saving}
            onKeep={() => setConsent(undefined)}
            onAccept={() => void save(o.acknowledgement && [o.acknowledgement])}
          />
        )}
        {theirs && (
          <Meanwhile
            changes={theirs}
            onGoOn={() => setTheirs(undefined)}
            onTheirs={() => {
              setTheirs(undefined);
              discard();
            }}
            onMine={() => {
              setTheirs(undefined);
              void save();
            }}
          />
        )}
        <Leaving dirty={dirty && !saving} count={changed.length} />
      </>
    ),
  };
}

/** Asks for the consent that a change of much needs. The safe answer has the focus. */
function Consent(p: { message: string; preview?: ReactNode; saving: boolean; onKeep(): void; onAccept(): void }) {
  const [read, setRead] = useState(false);
  return (
    <Dialog
      firm
      title={m.consent_title()}
      open
      onClose={p.onKeep}
      acts={
        <>
          <Button autoFocus onClick={p.onKeep}>
            {m.consent_keep()}
          </Button>
          <Button look="danger" disabled={!read} busy={p.saving} onClick={p.onAccept}>
            {m.consent_accept()}
          </Button>
        </>
      }
    >
      <p>{p.message}</p>
      {p.preview}
      <label className="tick">
        <input type="checkbox" checked={read} onChange={(e) => setRead(e.target.checked)} />
        <span>{m.consent_tick()}</span>
      </label>
    </Dialog>
  );
}

/** Shows what somebody else saved while the person was editing. Nothing that was typed is lost. */
function Meanwhile(p: { changes: Change[]; onGoOn(): void; onMine(): void; onTheirs(): void }) {
  const { timeZone } = useSite();
  const [mine, setMine] = useState(true);
  const latest = p.changes[0];
  return (
    <Dialog
      firm
      title={latest ? m.stale_title({ who: latest.changedBy }) : m.stale_title_unknown()}
      open
      onClose={p.onGoOn}
      acts={
        <>
          <Button onClick={p.onGoOn}>{m.stale_go_on()}</Button>
          <Button look="primary" onClick={mine ? p.onMine : p.onTheirs}>
            {mine ? m.stale_save_mine() : m.stale_take_theirs()}
          </Button>
        </>
      }
    >
      <p>{m.stale_lead()}</p>
      <ul className="theirs">
        {p.changes.map((c) => (
          <li key={`${c.revision}${c.field}`}>
            <b>{c.field}</b>
            <span className="diff">
              <del>{inZone(c.before, timeZone) || m.nothing()}</del>
              <Icon name="right" />
              <ins>{inZone(c.after, timeZone) || m.nothing()}</ins>
            </span>
            <span className="muted small">
              <Time at={c.changedAt} />
            </span>
          </li>
        ))}
      </ul>
      <fieldset className="choice">
        <legend className="sr">{m.stale_which()}</legend>
        <label>
          <input type="radio" name="stale" checked={mine} onChange={() => setMine(true)} />
          <b>{m.stale_mine()}</b>
          <span className="d">{m.stale_mine_hint()}</span>
        </label>
        <label>
          <input type="radio" name="stale" checked={!mine} onChange={() => setMine(false)} />
          <b>{m.stale_theirs()}</b>
          <span className="d">{m.stale_theirs_hint()}</span>
        </label>
      </fieldset>
    </Dialog>
  );
}

/** Asks before leaving by a link; the browser asks before the tab closes. */
export function Leaving({ dirty, count }: { dirty: boolean; count: number }) {
  const blocker = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: dirty, withResolver: true });
  return (
    <Dialog
      firm
      title={m.leave_title()}
      open={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      acts={
        <>
          <Button onClick={() => blocker.proceed?.()}>{m.leave_discard()}</Button>
          <Button look="primary" autoFocus onClick={() => blocker.reset?.()}>
            {m.leave_stay()}
          </Button>
        </>
      }
    >
      <p>{m.leave_lead({ count, n: count })}</p>
    </Dialog>
  );
}
