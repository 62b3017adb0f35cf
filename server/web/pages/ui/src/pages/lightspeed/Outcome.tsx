import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { IconButton } from '../../kit/Button';
import { m } from '../../paraglide/messages.js';
import { useMayManage, useShell } from '../../shell/data';
import { Complete } from './documents';

type Shown = { tone: 'ok' | 'info' | 'warn' | 'bad'; title: string; lead: string; done?: boolean };

/** What the way to Lightspeed came to, by what the address says. Red only where the person must do something else. */
const outcomes: Record<string, () => Shown> = {
  denied: () => ({ tone: 'warn', title: m.outcome_denied(), lead: m.outcome_denied_lead() }),
  state_expired: () => ({ tone: 'warn', title: m.outcome_expired(), lead: m.outcome_again() }),
  state_used: () => ({ tone: 'info', title: m.outcome_used(), lead: m.outcome_used_lead() }),
  state_invalid: () => ({ tone: 'warn', title: m.outcome_invalid(), lead: m.outcome_again() }),
  missing_rights: () => ({ tone: 'bad', title: m.outcome_rights(), lead: m.outcome_rights_lead() }),
  other_account: () => ({ tone: 'bad', title: m.outcome_other(), lead: m.outcome_other_lead() }),
  unavailable: () => ({ tone: 'warn', title: m.outcome_unavailable(), lead: m.outcome_unavailable_lead() }),
};

/** Completes the connection that Lightspeed granted, and says what became of it. The code leaves the address at once. */
export function Outcome({ again }: { again(): void }) {
  const search = useSearch({ strict: false });
  const go = useNavigate();
  const act = useAct(Complete);
  const may = useMayManage();
  const shell = useShell();
  const [shown, show] = useState<Shown>();
  const taken = useRef(false); // a code is sent once, whatever renders again

  const { lightspeed, lightspeedCode } = search;
  useEffect(() => {
    if (!lightspeed || taken.current) return;
    taken.current = true;
    void go({ to: '.', search: {}, replace: true });
    if (lightspeed !== 'granted' || !lightspeedCode) {
      show(outcomes[lightspeed]?.() ?? { tone: 'bad', title: m.outcome_failed(), lead: m.outcome_again() });
      return;
    }
    show({ tone: 'info', title: m.outcome_completing(), lead: m.outcome_completing_lead() });
    void act.run({ code: lightspeedCode }).then(({ ok, data, userErrors }) => {
      const link = data?.completeConnection.lightspeedLink;
      if (ok && link) {
        show({
          tone: 'ok',
          title: m.outcome_connected({ account: link.accountName, number: link.lightspeedAccountId }),
          lead: m.outcome_connected_lead(),
          done: true,
        });
      } else {
        show({
          tone: 'bad',
          title: m.outcome_failed(),
          lead: userErrors.map((e) => e.message).join(' ') || m.outcome_again(),
        });
      }
      again();
      shell.again();
    });
  }, [lightspeed, lightspeedCode, go, act.run, again, shell.again]);

  if (!shown || !may) return null;
  return (
    <Banner
      tone={shown.tone}
      title={shown.title}
      acts={
        <>
          {shown.done && (
            <Link to="/settings/stores" className="btn primary">
              {m.outcome_map()}
            </Link>
          )}
          <IconButton icon="close" label={m.close()} onClick={() => show(undefined)} />
        </>
      }
    >
      {shown.lead}
    </Banner>
  );
}
