import { Icon } from '../../kit/Icon';
import { Panel } from '../../kit/Panel';
import { explain, Skeleton } from '../../kit/States';
import { money, number, signed } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { useShell, websiteOf } from '../../shell/data';
import type { Effect, PreviewResult } from './usePreview';

type Props = {
  preview: PreviewResult;
  dirty: boolean;
  tab: Effect;
  setTab(t: Effect): void;
  /** Beside the draft it stays in sight. */
  sticky?: boolean;
};

/** What a draft would do to the website: figures, and the first items of each kind. */
export function PreviewPanel({ preview, dirty, tab, setTab, sticky }: Props) {
  const now = websiteOf(useShell().data);
  const nowWords = now && !now.live ? m.preview_now_later() : m.preview_now();
  const { data, error, stale, wrong } = preview;
  const className = sticky ? 'sticky' : '';
  if (!dirty) {
    return (
      <Panel title={m.preview_title()} className={className}>
        <div className="nowthen">
          <p>
            <span>{nowWords}</span>
            <b>{now ? number(now.shown) : '…'}</b>
          </p>
        </div>
        <p className="muted">{m.preview_idle()}</p>
      </Panel>
    );
  }
  if (wrong) {
    return (
      <Panel title={m.preview_title()} className={className}>
        <p>{m.preview_wrong()}</p>
      </Panel>
    );
  }
  if (!data) {
    return (
      <Panel title={m.preview_title()} className={className}>
        {error ? <p className="t-bad">{explain(error).message}</p> : <Skeleton rows={6} />}
      </Panel>
    );
  }
  const stay = Math.max(0, data.displayedBefore - data.disappearing);
  const tabs: [Effect, number, string, string][] = [
    ['APPEARS', data.appearing, m.preview_appearing(), 'ok'],
    ['DISAPPEARS', data.disappearing, m.preview_disappearing(), data.disappearing > 0 ? 'bad' : ''],
    ['EMPTIED', data.emptying, m.preview_emptying(), data.emptying > 0 ? 'bad' : ''],
    ['REPRICED', data.repricing, m.preview_repricing(), ''],
  ];
  return (
    <Panel
      title={m.preview_title()}
      aside={<span className="muted small">{stale ? m.preview_counting() : m.preview_unsaved()}</span>}
      flush
      className={`${className}${stale ? ' stale' : ''}`}
    >
      <div className="pad24">
        <div className="nowthen">
          <p>
            <span>{nowWords}</span>
            <b>{number(data.displayedBefore)}</b>
          </p>
          <Icon name="right" />
          <p>
            <span>{m.preview_then()}</span>
            <b>{number(data.displayedAfter)}</b>
          </p>
          <span className="net">{signed(data.displayedAfter - data.displayedBefore)}</span>
        </div>
        <div className="split" aria-hidden="true">
          <i className="stay" style={{ flex: stay }} />
          <i className="app" style={{ flex: data.appearing }} />
          <i className="dis" style={{ flex: data.disappearing }} />
        </div>
        <p className="small legend">
          <span className="stay">{m.preview_stay({ n: number(stay) })}</span>
          <span className="app">{m.preview_appear({ n: number(data.appearing) })}</span>
          <span className="dis">{m.preview_disappear({ n: number(data.disappearing) })}</span>
        </p>
        {data.linking > 0 && (
          <p className="small">{m.preview_linking({ count: data.linking, n: number(data.linking) })}</p>
        )}
        {data.lowering > 0 && (
          <p className="small t-bad">{m.preview_lowering({ count: data.lowering, n: number(data.lowering) })}</p>
        )}
      </div>
      <div className="counts">
        <fieldset className="quad" aria-label={m.preview_which()}>
          {tabs.map(([effect, count, label, tone]) => (
            <button
              key={effect}
              type="button"
              aria-pressed={tab === effect}
              className={tone}
              onClick={() => setTab(effect)}
            >
              <b>{number(count)}</b>
              <span>{label}</span>
            </button>
          ))}
        </fieldset>
      </div>
      {data.items.edges.length > 0 ? (
        <ul className="plist">
          {data.items.edges.map(({ node }) => (
            <li key={node.item.id}>
              <div>
                <span className="nm">{node.item.description}</span>
                <div className="m">
                  {[node.item.brand, node.item.manufacturerSku].filter(Boolean).join(' · ')}
                  {tab === 'DISAPPEARS' && node.after.reasons.find((r) => r.blocking) && (
                    <div>{node.after.reasons.find((r) => r.blocking)?.message}</div>
                  )}
                </div>
              </div>
              <div className="r">
                {tab === 'REPRICED' && node.before.price && node.after.price ? (
                  <span className="diff">
                    <del>{money(node.before.price.price)}</del>
                    <Icon name="right" />
                    <ins>{money(node.after.price.price)}</ins>
                  </span>
                ) : (
                  <>
                    {node.after.price && money(node.after.price.price)}
                    <div className="m">{stockWords(node.item.stock)}</div>
                  </>
                )}
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="pad24 muted">{m.preview_nothing()}</p>
      )}
    </Panel>
  );
}

function stockWords(stock: readonly { location?: { id: string } | null; onHand: number; onOrder: number }[]): string {
  const mapped = stock.filter((s) => s.location);
  const hand = mapped.reduce((n, s) => n + Math.max(0, s.onHand), 0);
  const order = mapped.reduce((n, s) => n + s.onOrder, 0);
  return order > 0 && hand === 0 ? m.preview_on_order({ n: number(order) }) : m.preview_on_hand({ n: number(hand) });
}

/** On phones the figures are in the save bar, because the panel is below. */
export function PreviewBrief({ preview }: { preview: PreviewResult }) {
  const { data, wrong } = preview;
  if (!data || wrong) return null;
  return <>{m.preview_brief({ before: number(data.displayedBefore), after: number(data.displayedAfter) })}</>;
}
