import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { Switch } from '../kit/Field';
import { keysOn, setKeys } from '../lib/prefs';
import { useStore } from '../lib/store';
import { m } from '../paraglide/messages.js';

/** All keys, and the switch for those of a single letter, which get in the way of people who speak to their computer. */
export default function KeysHelp({ close }: { close(): void }) {
  const on = useStore(keysOn);
  const rows: [string[], string][] = [
    [['/'], m.key_search()],
    [['G', 'S'], m.nav_status()],
    [['G', 'O'], m.nav_orders()],
    [['G', 'I'], m.nav_items()],
    [['G', 'W'], m.nav_hidden()],
    [['G', 'R'], m.nav_review()],
    [['J'], m.key_next()],
    [['K'], m.key_previous()],
    [['1'], m.key_link()],
    [['X'], m.review_none_of()],
    [['U'], m.undo()],
    [['Ctrl', 'S'], m.save()],
    [['Ctrl', 'Z'], m.key_back()],
    [['Enter'], m.key_down()],
    [['?'], m.key_help()],
  ];
  return (
    <Dialog title={m.key_title()} open onClose={close} acts={<Button onClick={close}>{m.close()}</Button>}>
      <dl className="kv lined">
        {rows.map(([keys, what]) => (
          <div key={keys.join()} className="contents">
            <dt>
              {keys.map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch label={m.key_on()} hint={m.key_on_hint()} value={on} onChange={setKeys} />
    </Dialog>
  );
}
