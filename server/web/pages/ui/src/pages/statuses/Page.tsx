import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import type { StatusesPageQuery } from '../../gql/graphql';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { Button, IconButton } from '../../kit/Button';
import { TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { say } from '../../kit/live';
import { Panel } from '../../kit/Panel';
import { Form, Manage } from '../../kit/Role';
import { Empty, Loaded } from '../../kit/States';
import { toast, toastError } from '../../kit/toast';
import { number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';

const StatusesPage = graphql(`
  query StatusesPage {
    statusTypes {
      id
      name
      retired
    }
  }
`);

const AddStatus = graphql(`
  mutation AddStatus($name: String!) {
    addStatusType(input: { name: $name }) {
      statusType {
        id
        name
        retired
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

const EditStatus = graphql(`
  mutation EditStatus($input: EditStatusTypeInput!) {
    editStatusType(input: $input) {
      statusType {
        id
        name
        retired
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

const ReorderStatuses = graphql(`
  mutation ReorderStatuses($ids: [ID!]!) {
    reorderStatusTypes(input: { statusIds: $ids }) {
      statusTypes {
        id
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

type Status = StatusesPageQuery['statusTypes'][number];

export function Page() {
  const [result, again] = useQuery({ query: StatusesPage });
  const reorder = useAct(ReorderStatuses);
  const edit = useAct(EditStatus);
  const list = useRef<HTMLUListElement>(null);
  const move = async (all: readonly Status[], from: number, by: 1 | -1) => {
    const ids = all.map((s) => s.id);
    const [id] = ids.splice(from, 1);
    if (id === undefined) return;
    ids.splice(from + by, 0, id);
    const { ok, userErrors } = await reorder.run({ ids });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (!ok) return;
    say(m.status_moved({ name: all[from]?.name ?? '', place: number(from + by + 1) }));
    // The button goes with its row, and keeps the focus while it can be used.
    requestAnimationFrame(() => {
      const row = list.current?.querySelector(`[data-id="${id}"]`);
      const buttons = row?.querySelectorAll<HTMLButtonElement>('.move button');
      (by < 0 ? [buttons?.[0], buttons?.[1]] : [buttons?.[1], buttons?.[0]]).find((b) => b && !b.disabled)?.focus();
    });
  };
  const retire = async (s: Status, retired: boolean) => {
    const { ok, userErrors } = await edit.run({ input: { statusId: s.id, retired } });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (ok && retired) {
      toast(m.status_was_retired({ name: s.name }), { label: m.undo(), run: () => void retire(s, false) });
    }
  };
  return (
    <>
      <Head title={m.nav_statuses()} lead={m.statuses_lead()} />
      <Form>
        <div className="cols">
          <Panel title={m.statuses_panel()}>
            <Loaded result={result} again={again}>
              {({ statusTypes }) => {
                const open = statusTypes.filter((s) => !s.retired);
                return (
                  <>
                    {open.length === 0 && (
                      <Empty icon="info" title={m.statuses_none()}>
                        {m.statuses_none_lead()}
                      </Empty>
                    )}
                    <ul className="rows" ref={list}>
                      {open.map((s, i) => (
                        <Row
                          key={s.id}
                          status={s}
                          first={i === 0}
                          last={i === open.length - 1}
                          move={(by) => void move(open, i, by)}
                          retire={() => void retire(s, true)}
                        />
                      ))}
                    </ul>
                    {statusTypes.length > open.length && (
                      <>
                        <h3 className="gap">{m.statuses_retired()}</h3>
                        <ul className="rows">
                          {statusTypes
                            .filter((s) => s.retired)
                            .map((s) => (
                              <li key={s.id}>
                                <span className="muted">{s.name}</span>
                                <Manage>
                                  <Button small onClick={() => void retire(s, false)}>
                                    {m.status_restore()}
                                    <span className="sr"> {s.name}</span>
                                  </Button>
                                </Manage>
                              </li>
                            ))}
                        </ul>
                      </>
                    )}
                  </>
                );
              }}
            </Loaded>
          </Panel>
          <Manage>
            <Add />
          </Manage>
        </div>
      </Form>
    </>
  );
}

type RowProps = { status: Status; first: boolean; last: boolean; move(by: 1 | -1): void; retire(): void };

function Row({ status, first, last, move, retire }: RowProps) {
  const edit = useAct(EditStatus);
  const [name, setName] = useState<string>(); // while it is edited
  const [error, setError] = useState<string>();
  const save = async () => {
    if (name === undefined) return;
    const { ok, userErrors } = await edit.run({ input: { statusId: status.id, name } });
    setError(userErrors[0]?.message);
    if (ok) {
      setName(undefined);
      toast(m.saved());
    }
  };
  if (name !== undefined) {
    return (
      <li data-id={status.id}>
        <form
          className="inline-form"
          onSubmit={(e) => {
            e.preventDefault();
            void save();
          }}
        >
          <TextField label={m.status_name()} value={name} onChange={setName} error={error} maxLength={100} autoFocus />
          <Button type="submit" look="primary" busy={edit.busy}>
            {m.save_short()}
          </Button>
          <Button
            onClick={() => {
              setName(undefined);
              setError(undefined);
            }}
          >
            {m.cancel()}
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li data-id={status.id}>
      <span>{status.name}</span>
      <Manage>
        <Button look="quiet" small onClick={() => setName(status.name)}>
          {m.status_rename()}
          <span className="sr"> {status.name}</span>
        </Button>
        <Button look="quiet" small onClick={retire}>
          {m.status_retire()}
          <span className="sr"> {status.name}</span>
        </Button>
        <span className="move">
          <IconButton icon="up" label={m.status_up({ name: status.name })} disabled={first} onClick={() => move(-1)} />
          <IconButton
            icon="down"
            label={m.status_down({ name: status.name })}
            disabled={last}
            onClick={() => move(1)}
          />
        </span>
      </Manage>
    </li>
  );
}

function Add() {
  const act = useAct(AddStatus);
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const run = async () => {
    const { ok, userErrors } = await act.run({ name });
    setError(userErrors[0]?.message);
    if (ok) {
      setName('');
      toast(m.status_added({ name }));
    }
  };
  return (
    <Panel title={m.status_add()}>
      <form
        className="fields"
        onSubmit={(e) => {
          e.preventDefault();
          void run();
        }}
      >
        <TextField
          label={m.status_new_name()}
          value={name}
          onChange={setName}
          error={error}
          maxLength={100}
          hint={m.status_name_hint()}
        />
        <div>
          <Button type="submit" look="primary" busy={act.busy} disabled={name.trim() === ''}>
            {m.status_add()}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
