import { useState } from 'react';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { toast } from '../../kit/toast';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { useShell } from '../../shell/data';
import { Disconnect } from './documents';

type ConnectProps = { account: string; busy: boolean; close(): void; go(otherAccount: boolean): void };

/** Says what connecting again stops, before the browser leaves for Lightspeed. */
export function ConnectDialog({ account, busy, close, go }: ConnectProps) {
  const [other, setOther] = useState(false);
  return (
    <Dialog
      open
      title={m.ls_connect_title()}
      onClose={close}
      acts={
        <>
          <Button onClick={close}>{m.cancel()}</Button>
          <Button look="primary" busy={busy} onClick={() => go(other)}>
            {m.ls_connect_go()}
          </Button>
        </>
      }
    >
      <p>{m.ls_connect_lead({ account })}</p>
      <label className="tick">
        <input type="checkbox" checked={other} onChange={(e) => setOther(e.target.checked)} />
        <span>
          <b>{m.ls_connect_other()}</b>
          <br />
          <span className="muted small">{m.ls_connect_other_lead()}</span>
        </span>
      </label>
    </Dialog>
  );
}

/** Disconnecting empties the website, so the account's name is typed first. */
export function DisconnectDialog(p: { account: string; close(): void; done(): void }) {
  const act = useAct(Disconnect);
  const shell = useShell();
  const [typed, type] = useState('');
  const [error, setError] = useState<string>();
  const run = async () => {
    const { ok, userErrors } = await act.run({});
    if (!ok) {
      setError(userErrors[0]?.message);
      return;
    }
    toast(m.ls_disconnected_toast());
    p.close();
    p.done();
    shell.again();
  };
  return (
    <Dialog
      firm
      open
      title={m.ls_disconnect_title()}
      onClose={p.close}
      acts={
        <>
          <Button autoFocus onClick={p.close}>
            {m.ls_disconnect_stay()}
          </Button>
          <Button look="danger" busy={act.busy} disabled={typed.trim() !== p.account.trim()} onClick={() => void run()}>
            {m.ls_disconnect_go()}
          </Button>
        </>
      }
    >
      <p>{m.ls_disconnect_lead({ n: number(shell.data?.diagnosisSummary.displayed ?? 0) })}</p>
      <p>{m.ls_disconnect_kept()}</p>
      <div className="fields">
        <TextField label={m.ls_disconnect_type({ account: p.account })} value={typed} onChange={type} error={error} />
      </div>
    </Dialog>
  );
}
