import { type ReactNode, useEffect } from 'react';
import { number } from '../lib/format';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';

type Props = {
  changes: number;
  /** What is changed, in the words of the page. */
  what?: ReactNode;
  /** On phones, where the preview is out of sight. */
  brief?: ReactNode;
  /** What is wrong with it as it stands: it is not saved before that is corrected. */
  problems?: number;
  /** How many fields the service refused. Another field may cure them, so it can be sent again. */
  refused?: number;
  saving: boolean;
  onSave(): void;
  onDiscard(): void;
};

/** The bar at the bottom while something is not saved. */
export function SaveBar({ changes, what, brief, problems = 0, refused = 0, saving, onSave, onDiscard }: Props) {
  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && e.key === 's') {
        e.preventDefault();
        if (!saving && problems === 0) onSave();
      }
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, [onSave, saving, problems]);
  return (
    <section className="barb" aria-label={m.unsaved_region()}>
      <div className="sum">
        <b>{m.unsaved({ count: changes, n: number(changes) })}</b>
        {what && <span className="muted only-d">{what}</span>}
        {brief && <span className="only-p">{brief}</span>}
        {problems + refused > 0 && <b className="t-bad">{m.to_correct({ n: number(problems || refused) })}</b>}
      </div>
      <div className="acts">
        <Button onClick={onDiscard} disabled={saving}>
          {m.discard()}
        </Button>
        <Button look="primary" onClick={onSave} busy={saving} disabled={problems > 0}>
          {saving ? m.saving() : m.save()} <kbd className="only-d">Ctrl S</kbd>
        </Button>
      </div>
    </section>
  );
}
