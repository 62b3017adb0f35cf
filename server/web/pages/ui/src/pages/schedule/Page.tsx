import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { useAct } from '../../kit/act';
import { TextField } from '../../kit/Field';
import { Head } from '../../kit/Head';
import { Panel } from '../../kit/Panel';
import { Form } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { useSettings } from '../../kit/settings';
import { Time, useSite } from '../../kit/Time';
import { zoneName } from '../../lib/time';
import { m } from '../../paraglide/messages.js';

const SchedulePage = graphql(`
  query SchedulePage {
    syncSchedule {
      revision
      intervalMinutes
      windowStart
      windowEnd
      nextRunAt
    }
  }
`);

const SaveSchedule = graphql(`
  mutation SaveSchedule($input: UpdateSyncScheduleInput!) {
    updateSyncSchedule(input: $input) {
      syncSchedule {
        revision
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
  const site = useSite();
  const [result, again] = useQuery({ query: SchedulePage });
  const save = useAct(SaveSchedule);
  const s = result.data?.syncSchedule;
  const draft = useSettings({
    // The minutes are text while somebody types them.
    saved: s && { intervalMinutes: String(s.intervalMinutes), windowStart: s.windowStart, windowEnd: s.windowEnd },
    revision: s?.revision ?? 0,
    setting: 'syncSchedule',
    reload: () => again({ requestPolicy: 'network-only' }),
    save: (changed, _, { expectedRevision }) => {
      const { intervalMinutes, ...rest } = changed;
      return save.run({
        input: {
          ...rest,
          ...(intervalMinutes !== undefined && { intervalMinutes: Number(intervalMinutes) }),
          expectedRevision,
        },
      });
    },
  });
  const v = draft.value;
  const minutes = v && !/^\d{1,4}$/.test(v.intervalMinutes.trim()) ? m.schedule_minutes_bad() : undefined;
  const allDay = v && v.windowStart === v.windowEnd;
  return (
    <>
      <Head title={m.nav_schedule()} lead={m.schedule_lead()} />
      <Loaded result={result} again={again}>
        {() =>
          v && (
            <Form>
              <div className="cols">
                <Panel title={m.schedule_panel()}>
                  <div className="fields">
                    <TextField
                      label={m.schedule_minutes()}
                      hint={m.schedule_minutes_hint()}
                      inputMode="numeric"
                      value={v.intervalMinutes}
                      onChange={(intervalMinutes) => draft.set({ intervalMinutes })}
                      changed={draft.changed('intervalMinutes')}
                      error={minutes ?? draft.errors.intervalMinutes}
                    />
                    <TextField
                      label={m.schedule_from()}
                      hint={m.schedule_from_hint()}
                      type="time"
                      value={v.windowStart}
                      onChange={(windowStart) => draft.set({ windowStart })}
                      changed={draft.changed('windowStart')}
                      error={draft.errors.windowStart}
                    />
                    <TextField
                      label={m.schedule_to()}
                      hint={allDay ? m.schedule_all_day() : m.schedule_to_hint()}
                      type="time"
                      value={v.windowEnd}
                      onChange={(windowEnd) => draft.set({ windowEnd })}
                      changed={draft.changed('windowEnd')}
                      error={draft.errors.windowEnd}
                    />
                  </div>
                </Panel>
                <Panel title={m.schedule_next()}>
                  <p>{s?.nextRunAt ? <Time at={s.nextRunAt} /> : m.schedule_next_none()}</p>
                  <p className="muted small">{m.schedule_zone({ zone: zoneName(site.timeZone) })}</p>
                </Panel>
              </div>
            </Form>
          )
        }
      </Loaded>
      {draft.bar({ problems: minutes ? 1 : undefined })}
    </>
  );
}
