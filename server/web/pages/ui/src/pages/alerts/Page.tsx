import { useState } from 'react';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Manage } from '../../kit/Role';
import { Empty, Skeleton } from '../../kit/States';
import { toast } from '../../kit/toast';
import { byField } from '../../lib/draft';
import { m } from '../../paraglide/messages.js';
import { AlertItem, openAlerts } from '../../shell/Alerts';
import { useShell } from '../../shell/data';
import { Emails } from './Emails';

const DismissAlert = graphql(`
  mutation DismissAlert($input: DismissAlertInput!) {
    dismissAlert(input: $input) {
      alert {
        id
        dismissedAt
        dismissedBy
        dismissReason
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
  const { data } = useShell();
  const [asked, ask] = useState<string>();
  const open = openAlerts(data?.alerts);
  return (
    <>
      <Head title={m.alerts()} lead={m.alerts_lead()} />
      <div className="stack">
        <Panel title={m.alerts_waiting()} flush={open.length > 0}>
          {!data ? (
            <Skeleton />
          ) : open.length === 0 ? (
            <Empty title={m.alerts_none()}>{m.alerts_none_lead()}</Empty>
          ) : (
            <ul>
              {open.map((a) => (
                <AlertItem
                  key={a.id}
                  alert={a}
                  act={
                    <Manage>
                      <Button look="quiet" small onClick={() => ask(a.id)}>
                        {m.alert_dismiss()}
                      </Button>
                    </Manage>
                  }
                />
              ))}
            </ul>
          )}
        </Panel>
        <Emails />
      </div>
      {asked && <Dismiss id={asked} close={() => ask(undefined)} />}
    </>
  );
}

function Dismiss({ id, close }: { id: string; close(): void }) {
  const act = useAct(DismissAlert);
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const run = async () => {
    const { ok, userErrors } = await act.run({ input: { alertId: id, reason } });
    if (ok) {
      toast(m.alert_was_dismissed());
      close();
    } else setErrors(byField(userErrors));
  };
  return (
    <Dialog
      open
      title={m.alert_dismiss_title()}
      onClose={close}
      acts={
        <>
          <Button onClick={close}>{m.cancel()}</Button>
          <Button look="primary" busy={act.busy} disabled={reason.trim() === ''} onClick={() => void run()}>
            {m.alert_dismiss()}
          </Button>
        </>
      }
    >
      <p>{m.alert_dismiss_lead()}</p>
      <div className="fields">
        <TextField
          label={m.alert_reason()}
          value={reason}
          onChange={setReason}
          maxLength={500}
          autoFocus
          error={errors.reason ?? errors.alertId ?? errors['']}
        />
      </div>
    </Dialog>
  );
}
