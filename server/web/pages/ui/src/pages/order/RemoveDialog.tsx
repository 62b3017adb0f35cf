import { useState } from 'react';
import type { OrderPartsFragment } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { Radios } from '../../kit/Field';
import { money } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { RemoveLine } from './documents';
import { useOrderAct } from './useOrderAct';

type Line = OrderPartsFragment['lines'][number];
type Props = { order: OrderPartsFragment; line?: Line; onClose(): void };

/** Takes a line out of the order, such as one that was returned. */
export function RemoveDialog({ order, line, onClose }: Props) {
  const act = useOrderAct(RemoveLine);
  const lines = order.lines.filter((l) => !l.removed);
  const [chosen, setChosen] = useState(line?.id ?? '');
  const save = async () => {
    const done = await act.run(
      { orderId: order.id, lineId: chosen, expectedRevision: order.revision },
      m.line_was_removed(),
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={m.line_remove()}
      open
      onClose={onClose}
      acts={
        <>
          <Button autoFocus onClick={onClose}>
            {m.cancel()}
          </Button>
          <Button look="danger" busy={act.busy} disabled={!chosen} onClick={() => void save()}>
            {m.line_remove()}
          </Button>
        </>
      }
    >
      <p>{order.exportState === 'EXPORTED' ? m.line_remove_exported() : m.line_remove_lead()}</p>
      {line ? (
        <p>
          <b>
            <bdi>{line.description}</bdi>
          </b>{' '}
          · {money(line.total)}
        </p>
      ) : (
        <Radios
          label={m.line_which()}
          value={chosen}
          saved={chosen}
          plain
          onChange={setChosen}
          choices={lines.map((l) => ({ value: l.id, label: l.description, hint: money(l.total) }))}
        />
      )}
    </Dialog>
  );
}
