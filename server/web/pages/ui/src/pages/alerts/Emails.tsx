import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import type { AlertEmailsQuery, EmailProblem } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { SelectField, TextField } from '../../kit/Field';
import { Panel } from '../../kit/Panel';
import { Form, Manage } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { useSettings } from '../../kit/settings';
import { Time } from '../../kit/Time';
import { byField } from '../../lib/draft';
import { m } from '../../paraglide/messages.js';
import { addressesIn } from './addresses';
import { AlertEmails, SaveAlertEmails, SendTestEmail } from './emails';

type Address = AlertEmailsQuery['alertEmailSettings']['addresses'][number];
type Mode = AlertEmailsQuery['alertEmailSettings']['mode'];

const problems: Record<EmailProblem, () => string> = {
  ADDRESS_REFUSED: m.email_problem_address,
  MESSAGE_REFUSED: m.email_problem_message,
  TRY_LATER: m.email_problem_later,
  SERVER_UNREACHABLE: m.email_problem_unreachable,
  SERVER_TIMEOUT: m.email_problem_timeout,
  SERVER_NOT_SECURE: m.email_problem_not_secure,
  SIGN_IN_REFUSED: m.email_problem_sign_in,
  SENDER_REFUSED: m.email_problem_sender,
  SERVER_NOT_UNDERSTOOD: m.email_problem_not_understood,
};

/** How often, and how many times, the page looks what has become of a test message. */
const lookEvery = 1000;
const looks = 60;

/** To whom alerts go by e-mail, and when. */
export function Emails() {
  const [result, again] = useQuery({ query: AlertEmails });
  const save = useAct(SaveAlertEmails);
  const s = result.data?.alertEmailSettings;
  const reload = () => again({ requestPolicy: 'network-only' });
  const draft = useSettings({
    saved: s && { addresses: s.addresses.map((a) => a.address).join(', '), mode: s.mode, dailyTime: s.dailyTime },
    revision: s?.revision ?? 0,
    setting: 'alertEmailSettings',
    reload,
    save: async (changed, _, { expectedRevision }) => {
      const { addresses, ...rest } = changed;
      const saved = await save.run({
        input: { ...rest, ...(addresses !== undefined && { addresses: addressesIn(addresses) }), expectedRevision },
      });
      if (saved.ok) reload();
      return saved;
    },
  });
  const v = draft.value;
  const wrong = Object.entries(draft.errors).find(([field]) => field.startsWith('addresses'))?.[1];
  return (
    <>
      <Panel title={m.emails_title()}>
        <Loaded result={result} again={again}>
          {() =>
            v &&
            s && (
              <Form>
                <p className="muted" style={{ marginBlockEnd: 16 }}>
                  {s.available ? m.emails_lead() : m.emails_unavailable()}
                </p>
                <div className="fields" style={{ maxWidth: '34rem' }}>
                  <TextField
                    label={m.emails_addresses()}
                    hint={m.emails_addresses_hint()}
                    inputMode="email"
                    autoComplete="off"
                    value={v.addresses}
                    onChange={(addresses) => draft.set({ addresses })}
                    changed={draft.changed('addresses')}
                    error={wrong}
                  />
                  <SelectField<Mode>
                    label={m.emails_mode()}
                    hint={v.mode === 'DAILY' ? m.emails_daily_hint() : m.emails_at_once_hint()}
                    value={v.mode}
                    onChange={(mode) => mode && draft.set({ mode })}
                    choices={[
                      { value: 'AT_ONCE', label: m.emails_at_once() },
                      { value: 'DAILY', label: m.emails_daily() },
                    ]}
                    changed={draft.changed('mode')}
                    error={draft.errors.mode}
                  />
                  {v.mode === 'DAILY' && (
                    <TextField
                      label={m.emails_daily_at()}
                      type="time"
                      value={v.dailyTime}
                      onChange={(dailyTime) => draft.set({ dailyTime })}
                      changed={draft.changed('dailyTime')}
                      error={draft.errors.dailyTime}
                    />
                  )}
                </div>
                <ul className="rows">
                  {s.addresses.map((a) => (
                    <Row key={a.address} of={a} available={s.available && !draft.dirty} reload={reload} />
                  ))}
                </ul>
              </Form>
            )
          }
        </Loaded>
      </Panel>
      {draft.bar()}
    </>
  );
}

/** One address, with what became of the last message to it. */
function Row({ of, available, reload }: { of: Address; available: boolean; reload(): void }) {
  const act = useAct(SendTestEmail);
  const [error, setError] = useState<string>();
  const left = useRef(0);
  const last = of.lastEmail;
  const waits = last?.kind === 'TEST' && last.state === 'QUEUED';
  const send = async () => {
    setError(undefined);
    const { ok, userErrors } = await act.run({ input: { address: of.address } });
    left.current = looks;
    if (ok) reload();
    else setError(Object.values(byField(userErrors))[0]);
  };
  useEffect(() => {
    if (!waits || left.current <= 0) return;
    const timer = setInterval(() => {
      left.current -= 1;
      if (left.current < 0) clearInterval(timer);
      else reload();
    }, lookEvery);
    return () => clearInterval(timer);
  }, [waits, reload]);
  return (
    <li>
      <p className="t">{of.address}</p>
      <p className="muted small" role="status">
        {error ?? <Last email={last} />}
      </p>
      <Manage>
        <Button small busy={act.busy || waits} disabled={!available} onClick={() => void send()}>
          {m.emails_test()}
        </Button>
      </Manage>
    </li>
  );
}

function Last({ email }: { email: Address['lastEmail'] }) {
  if (!email) return m.emails_none();
  if (email.state === 'SENT')
    return (
      <>
        {email.kind === 'TEST' ? m.emails_test_sent() : m.emails_sent()} · <Time at={email.sentAt ?? email.createdAt} />
      </>
    );
  if (!email.problem) return m.emails_sending();
  const why = problems[email.problem]();
  return (
    <>
      {email.state === 'FAILED' ? m.emails_failed({ why }) : m.emails_delayed({ why })}
      {email.serverSaid && ` ${m.emails_said({ said: email.serverSaid })}`}
    </>
  );
}
