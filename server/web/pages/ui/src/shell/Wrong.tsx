import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from '../kit/Button';
import { Head } from '../kit/Head';
import { Panel } from '../kit/Panel';
import { Empty } from '../kit/States';
import { m } from '../paraglide/messages.js';

export function NotFound() {
  return (
    <>
      <Head title={m.not_found_title()} />
      <Panel title={m.not_found_panel()}>
        <Empty
          icon="search"
          title={m.not_found_lead()}
          act={
            <Link to="/status" className="btn">
              {m.nav_status()}
            </Link>
          }
        />
      </Panel>
    </>
  );
}

/** A page that broke. Others still work, and it can be loaded again. */
export function PageError({ error, reset }: ErrorComponentProps) {
  console.error(error);
  return (
    <>
      <Head title={m.broken_title()} />
      <Panel title={m.broken_panel()}>
        <Empty
          icon="bad"
          title={m.broken_lead()}
          act={
            <Button
              onClick={() => {
                reset();
                window.location.reload();
              }}
            >
              {m.reload_page()}
            </Button>
          }
        >
          {String((error as Error)?.message ?? error)}
        </Empty>
      </Panel>
    </>
  );
}
