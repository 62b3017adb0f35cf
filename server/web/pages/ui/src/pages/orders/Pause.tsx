import { useState } from 'react';
import type { OrdersAroundQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { TextField } from '../../kit/Field';
import { Manage } from '../../kit/Role';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { m } from '../../paraglide/messages.js';
import { PauseExports, ResumeExports } from './documents';

/** Says that exports are paused, by whom and why, and lets them go on. */
export function Paused({ pause }: { pause: NonNullable<OrdersAroundQuery['exportSettings']['pause']> }) {
  const act = useAct(ResumeExports);
  const resume = async () => {
    const { ok, userErrors } = await act.run({});
    if (ok) toast(m.pause_ended());
    else if (userErrors[0]) toastError(userErrors[0].message);
  };
  return (
    <Banner
      tone="warn"
      title={m.pause_title()}
      acts={
        <Manage>
          <Button look="primary" busy={act.busy} onClick={() => void resume()}>
            {m.pause_resume()}
          </Button>
        </Manage>
      }
    >
      <bdi>{pause.reason}</bdi> ({m.tl_by({ who: pause.pausedBy })}, <Time at={pause.pausedAt} />
      ). {m.pause_effect()}
    </Banner>
  );
}

/** Stops new sales from being made, such as while a till is set up again. */
export function PauseButton() {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string>();
  const act = useAct(PauseExports);
  const pause = async () => {
    const { ok, userErrors } = await act.run({ reason });
    setWrong(userErrors[0]?.message);
    if (!ok) return;
    setOpen(false);
    setReason('');
    toast(m.pause_begun());
  };
  return (
    <Manage>
      <Button look="quiet" icon="pause" onClick={() => setOpen(true)}>
        {m.pause_act()}
      </Button>
      <Dialog
        title={m.pause_act()}
        open={open}
        onClose={() => setOpen(false)}
        acts={
          <>
            <Button onClick={() => setOpen(false)}>{m.cancel()}</Button>
            <Button look="primary" busy={act.busy} disabled={reason.trim() === ''} onClick={() => void pause()}>
              {m.pause_act()}
            </Button>
          </>
        }
      >
        <p>{m.pause_lead()}</p>
        <div className="fields">
          <TextField
            label={m.pause_reason()}
            hint={m.pause_reason_hint()}
            value={reason}
            maxLength={500}
            onChange={setReason}
            error={wrong}
          />
        </div>
      </Dialog>
    </Manage>
  );
}
