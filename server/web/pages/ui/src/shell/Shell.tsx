import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Activity, Suspense, useEffect, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { embedded, useSession } from '../auth';
import { busyFor, socketOpen } from '../client';
import { Banner } from '../kit/Banner';
import { IconButton } from '../kit/Button';
import { LiveRegion } from '../kit/live';
import { Pill } from '../kit/Pill';
import { Failed, Skeleton } from '../kit/States';
import { type Site, SiteContext } from '../kit/Time';
import { Toasts } from '../kit/toast';
import { seconds } from '../lib/format';
import { useStore } from '../lib/store';
import { differ, ownZone, zoneName } from '../lib/time';
import { m } from '../paraglide/messages.js';
import { AlertsButton } from './Alerts';
import { ShellContext, useShellData } from './data';
import { Keys } from './Keys';
import { Nav } from './Nav';
import { SignedOut } from './SignedOut';

// A page inside of another may do without our navigation.
const bare = embedded && new URLSearchParams(window.location.search).has('embed');

/** The frame of every page. */
export function Shell() {
  const session = useSession();
  if (session.state === 'starting') return null;
  if (session.state === 'out' && !session.viewer) return <SignedOut reason={session.reason} />;
  return <Frame />;
}

function promised() {
  let known: (site: Site) => void = () => undefined;
  const site = new Promise<Site>((r) => {
    known = r;
  });
  return { site, known };
}

function Frame() {
  const session = useSession();
  const { data, error, again } = useShellData();
  const [menu, setMenu] = useState(false);
  const site = data?.site;
  const zone = site?.timeZone;
  const failed = error && !data;
  const [later] = useState(promised);
  useEffect(() => {
    if (site) later.known(site);
  }, [site, later]);
  return (
    <ShellContext value={{ data, again: () => again({ requestPolicy: 'network-only' }) }}>
      <SiteContext value={site ?? later.site}>
        <div className={bare ? 'shell bare' : 'shell'}>
          <a className="skip" href="#main">
            {m.skip()}
          </a>
          {!bare && (
            <nav className="nav" aria-label={m.app_name()}>
              <Nav />
            </nav>
          )}
          <div>
            <header className="top">
              {!bare && (
                <IconButton
                  icon="menu"
                  label={m.menu()}
                  className="btn icon quiet menu"
                  onClick={() => setMenu(true)}
                />
              )}
              <span className="site">{site?.name}</span>
              {zone && differ(zone, ownZone()) && (
                <span className="muted small only-d">{m.zone({ zone: zoneName(zone) })}</span>
              )}
              <span className="sp" />
              <Connection state={data?.lightspeedLink?.state ?? (data ? 'NEVER_CONNECTED' : undefined)} />
              <AlertsButton />
            </header>
            <main className="main" id="main" tabIndex={-1}>
              <Reconnecting />
              {data?.setup.readyToGoLive && <LastStep />}
              {failed && <Failed error={error} again={() => again({ requestPolicy: 'network-only' })} />}
              {data && !site ? (
                <Banner tone="warn" title={m.no_site_title()}>
                  {m.no_site_lead()}
                </Banner>
              ) : (
                // The page sends its queries at once; what needs the site waits for it. If the frame cannot be loaded, the page keeps its state.
                <Activity mode={failed ? 'hidden' : 'visible'}>
                  <Suspense fallback={<Skeleton rows={6} />}>
                    <Outlet />
                  </Suspense>
                </Activity>
              )}
            </main>
          </div>
        </div>
        <ModalOverlay className="scrim side" isOpen={menu} onOpenChange={setMenu} isDismissable>
          <Modal className="navdrawer">
            <Dialog aria-label={m.menu()} className="nav">
              <Nav close={() => setMenu(false)} />
            </Dialog>
          </Modal>
        </ModalOverlay>
        {session.state === 'out' && <SignedOut reason={session.reason} over />}
        <Keys />
        <LiveRegion />
        <Toasts />
      </SiteContext>
    </ShellContext>
  );
}

function Connection({ state }: { state?: string }) {
  switch (state) {
    case 'CONNECTED':
      return (
        <Pill tone="ok">
          <span className="only-d">Lightspeed </span>
          {m.link_connected()}
        </Pill>
      );
    case 'NEEDS_REAUTH':
      return <Pill tone="bad">{m.link_reauth()}</Pill>;
    case 'DISCONNECTED':
    case 'NEVER_CONNECTED':
      return <Pill tone="plain">{m.link_none()}</Pill>;
    default:
      return null;
  }
}

/** On the pages where set-up is done: that one step is left. The status says it in its list, and Go live itself need not. */
function LastStep() {
  const path = useLocation({ select: (l) => l.pathname });
  if (path.endsWith('/go-live') || path.endsWith('/status')) return null;
  return (
    <div className="look">
      <Banner
        tone="info"
        title={m.live_banner_title()}
        acts={
          <Link to="/go-live" className="btn">
            {m.setup_go_live()}
          </Link>
        }
      >
        {m.live_banner_lead()}
      </Banner>
    </div>
  );
}

/** Says that the service takes no requests for a moment, or that the page no longer hears what happens, once that has lasted. */
function Reconnecting() {
  const open = useStore(socketOpen);
  const busy = useStore(busyFor);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (open !== false) {
      setLong(false);
      return;
    }
    const t = setTimeout(() => setLong(true), 3_000);
    return () => clearTimeout(t);
  }, [open]);
  if (!long && !busy) return null;
  return (
    <div className="look">
      <Banner tone="warn" title={busy ? m.busy() : m.reconnecting()}>
        {busy ? m.busy_lead({ n: seconds(busy) }) : m.reconnecting_lead()}
      </Banner>
    </div>
  );
}
