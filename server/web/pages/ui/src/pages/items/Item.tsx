import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import type { ItemPageQuery, ReasonCode } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button, OutLink } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { Head } from '../../kit/Head';
import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { Pill } from '../../kit/Pill';
import { Manage } from '../../kit/Role';
import { Empty, Loaded } from '../../kit/States';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { money, number } from '../../lib/format';
import { ended } from '../../lib/runs';
import { m } from '../../paraglide/messages.js';
import { useShell } from '../../shell/data';
import { LinkItem, Withdraw } from '../linking/documents';
import { FindProduct, type FoundProduct } from '../linking/FindProduct';
import { type Likeness, sameCode, sameText } from '../review/compare';
import { ItemPage, ItemRead, ReadItems } from './documents';

type Item = NonNullable<ItemPageQuery['posItem']>;

export function Page() {
  const { lightspeedItemId: id = '' } = useParams({ strict: false });
  const [result, again] = useQuery({ query: ItemPage, variables: { id } });
  // When a sync ends, the item may be another one.
  const [{ data: sync }] = useSubscription({ query: ItemRead });
  const mark = sync?.syncStatus.run && ended(sync.syncStatus.state) ? sync.syncStatus.run.id : undefined;
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (mark && seen.current !== undefined && seen.current !== mark) again({ requestPolicy: 'network-only' });
    seen.current = mark ?? seen.current ?? '';
  }, [mark, again]);
  // A decision takes effect within seconds.
  const pending = result.data?.posItem?.matchPending;
  useEffect(() => {
    if (!pending) return;
    const t = setInterval(() => again({ requestPolicy: 'network-only' }), 2_000);
    return () => clearInterval(t);
  }, [pending, again]);
  return (
    <Loaded result={result} again={again} rows={8}>
      {({ posItem }) => (posItem ? <Shown item={posItem} /> : <Missing id={id} />)}
    </Loaded>
  );
}

const crumb = () => <Link to="/items">{m.nav_hidden()}</Link>;

function Missing({ id }: { id: string }) {
  return (
    <>
      <Head title={m.item_missing()} crumb={crumb()} />
      <Panel title={m.item_missing()}>
        <Empty
          icon="search"
          title={m.item_missing_lead({ id })}
          act={
            <Link to="/items" className="btn">
              {m.nav_hidden()}
            </Link>
          }
        />
      </Panel>
    </>
  );
}

function Shown({ item }: { item: Item }) {
  const read = useAct(ReadItems);
  const again = async () => {
    const { ok, userErrors } = await read.run({ ids: [item.id] });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (ok) toast(m.hidden_reading());
  };
  const blocking = item.diagnosis.reasons.filter((r) => r.blocking);
  const warnings = item.diagnosis.reasons.filter((r) => !r.blocking);
  const shown = item.diagnosis.displayed;
  const setup = useShell().data?.setup;
  return (
    <>
      <Head
        crumb={crumb()}
        title={item.description || item.lightspeedItemId}
        pill={<Pill tone={shown ? 'ok' : 'bad'}>{shown ? m.hidden_shown() : m.website_hidden()}</Pill>}
        lead={[m.item_lead({ id: item.lightspeedItemId }), item.brand, item.category].filter(Boolean).join(' · ')}
        acts={
          <>
            {item.product?.websiteUrl && (
              <OutLink href={item.product.websiteUrl} className="btn quiet">
                {m.order_on_website()}
              </OutLink>
            )}
            {item.lightspeedUrl && (
              <OutLink href={item.lightspeedUrl} className="btn">
                {m.item_open()}
              </OutLink>
            )}
            <Manage>
              <Button icon="refresh" busy={read.busy} onClick={() => void again()}>
                {m.hidden_read_one()}
              </Button>
            </Manage>
          </>
        }
      />
      <div className="cols">
        <div className="stack">
          <Panel title={shown ? m.item_shown() : m.item_hidden()}>
            {blocking.length === 0 && !shown && setup && !setup.live ? (
              <p className="row">
                {m.item_not_live()}{' '}
                <Link to="/go-live" className="btn sm">
                  {m.nav_live()}
                </Link>
              </p>
            ) : (
              blocking.length === 0 && warnings.length === 0 && <p className="muted">{m.item_no_reasons()}</p>
            )}
            {blocking.map((r) => (
              <Reason key={r.code} reason={r} item={item} />
            ))}
            {warnings.length > 0 && blocking.length > 0 && <h3 className="gap">{m.item_warnings()}</h3>}
            {warnings.map((r) => (
              <Reason key={r.code} reason={r} item={item} />
            ))}
          </Panel>
          <Codes item={item} />
          <Decisions item={item} />
        </div>
        <div className="stack">
          <Stock item={item} />
          <Prices item={item} />
        </div>
      </div>
    </>
  );
}

/** What was found, what to do, and the page or the act that does it. */
function Reason({ reason, item }: { reason: Item['diagnosis']['reasons'][number]; item: Item }) {
  return (
    <div className={reason.blocking ? 'blk bad' : 'blk'}>
      <Icon name={reason.blocking ? 'bad' : 'info'} />
      <span className="t">{reason.message}</span>
      <p>{reason.advice}</p>
      <Manage>
        <Remedy code={reason.code} item={item} />
      </Manage>
    </div>
  );
}

function Remedy({ code, item }: { code: ReasonCode; item: Item }) {
  switch (code) {
    case 'NO_RULE_ENABLED':
    case 'NO_RULE_MET':
      return (
        <Link to="/settings/shown" className="btn">
          {m.item_go_shown()}
        </Link>
      );
    case 'NO_MAPPED_SHOP':
      return (
        <Link to="/settings/stores" className="btn">
          {m.item_go_stores()}
        </Link>
      );
    case 'MATCH_CONFLICT':
    case 'MATCH_UNCONFIRMED':
      return (
        <Link to="/review" search={{ q: item.systemSku, item: item.id } as never} className="btn">
          {m.item_review()}
        </Link>
      );
    case 'NOT_IN_CATALOGUE':
    case 'NO_IDENTIFIER':
      return <FindIt item={item} />;
    default:
      return null;
  }
}

function FindIt({ item }: { item: Item }) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<FoundProduct>();
  const link = useAct(LinkItem);
  const withdraw = useAct(Withdraw);
  const run = async () => {
    if (!chosen) return;
    const { ok, data, userErrors } = await link.run({ item: item.id, product: chosen.id });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (!ok) return;
    const id = data?.linkItem.decision?.id;
    toast(
      m.link_done({ name: chosen.name }),
      id ? { label: m.undo(), run: () => void withdraw.run({ id }) } : undefined,
    );
    setOpen(false);
  };
  return (
    <>
      <Button icon="search" onClick={() => setOpen(true)}>
        {m.item_link()}
      </Button>
      <Dialog
        title={m.review_find_title({ name: item.description })}
        open={open}
        onClose={() => setOpen(false)}
        acts={
          <>
            <Button onClick={() => setOpen(false)}>{m.cancel()}</Button>
            <Button look="primary" busy={link.busy} disabled={!chosen} onClick={() => void run()}>
              {m.link_this()}
            </Button>
          </>
        }
      >
        <div className="fields">
          <FindProduct chosen={chosen} onChoose={setChosen} start={item.manufacturerSku || item.brand} />
        </div>
      </Dialog>
    </>
  );
}

/** The item's codes beside those of its product. */
function Codes({ item }: { item: Item }) {
  const p = item.product;
  const gtins = p ? [p.gtin1, p.gtin2].filter(Boolean).join(', ') : '';
  const rows: { label: string; own: string; other: string; like: Likeness }[] = [
    { label: m.review_upc(), own: item.upc, other: gtins, like: p ? sameCode(item.upc, p.gtin1, p.gtin2) : 'unknown' },
    { label: m.review_ean(), own: item.ean, other: gtins, like: p ? sameCode(item.ean, p.gtin1, p.gtin2) : 'unknown' },
    {
      label: m.review_sku(),
      own: item.manufacturerSku,
      other: p?.mpn ?? '',
      like: p ? sameText(item.manufacturerSku, p.mpn) : 'unknown',
    },
    {
      label: m.review_brand(),
      own: item.brand,
      other: p?.brand ?? '',
      like: p ? sameText(item.brand, p.brand) : 'unknown',
    },
    { label: 'Custom SKU', own: item.customSku, other: '', like: 'unknown' },
    { label: 'System ID', own: item.systemSku, other: '', like: 'unknown' },
  ];
  return (
    <Panel title={m.item_codes()}>
      <table className="cmp n1 show0">
        <caption className="sr">{m.review_beside()}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">{m.review_field()}</span>
            </th>
            <th scope="col">{m.review_in_lightspeed()}</th>
            <th scope="col" className="c c0">
              {m.review_on_website()}
              <div className="muted small">{p ? <bdi>{p.name}</bdi> : m.item_not_linked()}</div>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((r) => r.own || (r.other && r.label !== m.review_ean()))
            .map((r) => (
              <tr key={r.label}>
                <th scope="row">{r.label}</th>
                <td className="any code">{r.own || <span className="muted">–</span>}</td>
                <td className={`c c0 any code ${r.like === 'same' ? 'same' : r.like === 'differs' ? 'dif' : ''}`}>
                  {r.other || <span className="muted">–</span>}
                  {r.like !== 'unknown' && (
                    <span className="mk">
                      <Icon name={r.like === 'same' ? 'check' : 'differs'} />
                      {r.like === 'same' ? m.review_same() : m.review_differs()}
                    </span>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Stock({ item }: { item: Item }) {
  return (
    <Panel title={m.item_stock()} flush={item.stock.length > 0}>
      {item.stock.length === 0 ? (
        <p className="muted">{m.item_no_stock()}</p>
      ) : (
        <table className="list small">
          <thead>
            <tr>
              <th>{m.item_shop()}</th>
              <th className="num">{m.hidden_on_hand()}</th>
              <th className="num">{m.item_available()}</th>
            </tr>
          </thead>
          <tbody>
            {item.stock.map((s) => (
              <tr key={s.shop?.id ?? s.updatedAt}>
                <td className="two">
                  {s.shop?.name}
                  <div className="muted">
                    {[
                      s.reserve !== 0 && `${m.item_reserve()} ${number(s.reserve)}`,
                      s.held !== 0 && `${m.item_held()} ${number(s.held)}`,
                      s.onOrder !== 0 && `${m.item_on_order()} ${number(s.onOrder)}`,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </div>
                </td>
                <td className="num" data-l={m.hidden_on_hand()}>
                  {number(s.onHand)}
                </td>
                <td className="num" data-l={m.item_available()}>
                  <b>{number(s.available)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Prices({ item }: { item: Item }) {
  const msrp = m.item_msrp(); // most shops have a price level of this name too
  const rows = [
    { id: 'cost', label: m.item_cost(), value: item.defaultCost },
    ...(item.prices.some((p) => p.priceLevel?.name === msrp) ? [] : [{ id: 'msrp', label: msrp, value: item.msrp }]),
    ...item.prices.map((p) => ({
      id: p.priceLevel?.id ?? '',
      label: p.priceLevel?.name ?? m.item_unknown_level(),
      value: p.price,
    })),
  ];
  return (
    <Panel title={m.item_prices()}>
      <dl className="kv lined">
        {rows.map((r) => (
          <div key={`${r.id}${r.label}`} className="contents">
            <dt>{r.label}</dt>
            <dd className="num">{/[1-9]/.test(r.value.amount) ? money(r.value) : <span className="muted">–</span>}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Decisions({ item }: { item: Item }) {
  const withdraw = useAct(Withdraw);
  if (item.decisions.length === 0) return null;
  const run = async (id: string) => {
    const { ok, userErrors } = await withdraw.run({ id });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (ok) toast(m.review_undone());
  };
  return (
    <Panel title={m.review_decisions()}>
      <ul className="rows">
        {item.decisions.map((d) => (
          <li key={d.id}>
            <span>
              {d.verdict === 'LINK'
                ? m.decision_link({ name: d.product.name })
                : m.decision_reject({ name: d.product.name })}
              <span className="muted small block">
                {d.decidedBy}, <Time at={d.decidedAt} />
                {d.idle && ` · ${m.decision_idle()}`}
              </span>
            </span>
            <Manage>
              <Button small busy={withdraw.busy} onClick={() => void run(d.id)}>
                {m.decision_withdraw()}
                <span className="sr"> {d.product.name}</span>
              </Button>
            </Manage>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
