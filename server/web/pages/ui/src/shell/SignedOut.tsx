import { again, embedded } from '../auth';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { Logo } from '../kit/Icon';
import { m } from '../paraglide/messages.js';

type Reason = 'expired' | 'code' | 'nobody' | 'offline';

const words: Record<Reason, () => string> = {
  expired: () => (embedded ? m.out_parent() : m.out_expired()),
  code: () => m.out_code(),
  nobody: () => (embedded ? m.out_parent() : m.out_nobody()),
  offline: () => m.out_offline(),
};

/** Nobody is signed in. Over a page it hides nothing for good: what was typed is still there afterwards. */
export function SignedOut({ reason, over }: { reason: Reason; over?: boolean }) {
  const act = (
    <Button look="primary" onClick={() => void again()}>
      {m.try_again()}
    </Button>
  );
  if (over) {
    return (
      <Dialog firm open title={m.out_title()} onClose={() => undefined} acts={act}>
        <p>{words[reason]()}</p>
        <p>{m.out_kept()}</p>
      </Dialog>
    );
  }
  return (
    <main className="alone">
      <Logo />
      <h1>{m.out_title()}</h1>
      <p>{words[reason]()}</p>
      <p>{act}</p>
    </main>
  );
}
