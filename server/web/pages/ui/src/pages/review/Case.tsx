import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import type { ReviewCaseQuery } from '../../gql/graphql';
import { useAct } from '../../kit/act';
import { Button, IconButton } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { Icon } from '../../kit/Icon';
import { covered, typing } from '../../kit/keys';
import { Manage } from '../../kit/Role';
import { Loaded } from '../../kit/States';
import { Time } from '../../kit/Time';
import { toast, toastError } from '../../kit/toast';
import { money, number } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { useMayManage } from '../../shell/data';
import { LinkItem, Withdraw } from '../linking/documents';
import { FindProduct, type FoundProduct } from '../linking/FindProduct';
import { type Likeness, onHand, sameCode, sameText, strangeWords } from './compare';
import { RejectMatch, ReviewCase, UnlinkItem } from './documents';

type Item = Extract<NonNullable<ReviewCaseQuery['node']>, { candidates: unknown }>;
type Candidate = Item['candidates'][number];

/** The decisions that one act made about an item. */
export type Decided = { item: string; decisions: string[] };

type Props = {
  id: string;
  place: string;
  last: Decided | undefined;
  /** A decision was made; the next item is shown, unless this one is not through. */
  onDecided(d: Decided, stay?: boolean): void;
  onUndone(item: string): void;
  onStep(by: 1 | -1): void;
};

/** One item beside its candidates. */
export function Case(p: Props) {
  const [result, again] = useQuery({ query: ReviewCase, variables: { id: p.id } });
  // A decision takes effect within seconds; until then the candidates are the old ones.
  const pending = result.data?.node && 'matchPending' in result.data.node && result.data.node.matchPending;
  useEffect(() => {
    if (!pending) return;
    const t = setInterval(() => again({ requestPolicy: 'network-only' }), 2_000);
    return () => clearInterval(t);
  }, [pending, again]);
  return (
    <div className="case">
      <Loaded result={result} again={again} rows={8}>
        {({ node }) => (node && 'candidates' in node ? <Shown item={node as Item} {...p} /> : null)}
      </Loaded>
    </div>
  );
}

const why = {
  UNCONFIRMED: m.review_why_unconfirmed,
  CONTRADICTION: m.review_why_contradiction,
  RIVAL: m.review_why_rival,
  DOUBT: m.review_why_doubt,
} as const;

function useDecide(item: Item, { onDecided, onUndone }: Props) {
  const link = useAct(LinkItem);
  const reject = useAct(RejectMatch);
  const unlink = useAct(UnlinkItem);
  const withdraw = useAct(Withdraw);
  const undo = async (of: Decided) => {
    for (const id of of.decisions) {
      const { ok, userErrors } = await withdraw.run({ id });
      if (userErrors[0]) toastError(userErrors[0].message);
      if (!ok) return;
    }
    onUndone(of.item);
    toast(m.review_undone());
  };
  const done = (made: (string | undefined)[], words: string, stay?: boolean) => {
    const decided = { item: item.id, decisions: made.filter((d) => d !== undefined) };
    toast(words, decided.decisions.length > 0 ? { label: m.undo(), run: () => void undo(decided) } : undefined);
    onDecided(decided, stay);
  };
  return {
    busy: link.busy || reject.busy || unlink.busy || withdraw.busy,
    undo,
    async link(product: { id: string; name: string }) {
      const { ok, data, userErrors } = await link.run({ item: item.id, product: product.id });
      if (userErrors[0]) toastError(userErrors[0].message);
      if (ok) done([data?.linkItem.decision?.id], m.link_done({ name: product.name }));
    },
    /** None of the candidates is it. */
    async none() {
      const made: (string | undefined)[] = [];
      for (const c of item.candidates) {
        const { ok, data, userErrors } = await reject.run({ item: item.id, product: c.id });
        if (userErrors[0]) toastError(userErrors[0].message);
        if (!ok) {
          // Those before are rejected all the same, and can be taken back.
          const n = number(made.length);
          if (made.length > 0) done(made, m.review_rejected_some({ n, of: number(item.candidates.length) }), true);
          return;
        }
        made.push(data?.rejectMatch.decision?.id);
      }
      done(made, m.review_rejected({ name: item.description }));
    },
    async unlink() {
      const { ok, data, userErrors } = await unlink.run({ item: item.id });
      if (userErrors[0]) toastError(userErrors[0].message);
      if (ok) done([data?.unlinkItem.decision?.id], m.review_unlinked({ name: item.description }));
    },
  };
}

function Shown({ item, ...p }: Props & { item: Item }) {
  const act = useDecide(item, p);
  const may = useMayManage();
  const [finding, setFinding] = useState(false);
  const [asking, setAsking] = useState(false);
  const [nth, setNth] = useState(0); // the candidate that a phone shows
  const shown = item.candidates.slice(0, 4);
  const unseen = item.candidates.slice(4);
  const none = () => (unseen.length > 0 ? setAsking(true) : void act.none());
  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      if (!may || e.ctrlKey || e.metaKey || e.altKey || typing(e) || act.busy || covered()) return;
      const candidate = /^[1-9]$/.test(e.key) ? shown[Number(e.key) - 1] : undefined;
      if (candidate) void act.link(candidate);
      else if (e.key.toLowerCase() === 'x' && shown.length > 0) none();
      else if (e.key.toLowerCase() === 'u' && p.last) void act.undo(p.last);
      else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  });
  const rows = fields(item);
  const likeness = shown.map((c) => rows.map((f) => f.of(c).like).filter((l) => l !== 'unknown'));
  const fits = likeness.map((l) => l.filter((x) => x === 'same').length);
  const best = fits.indexOf(Math.max(...fits));
  return (
    <>
      <div className="fix">
        <div>
          <h2 className="any">
            <bdi>{item.description || item.lightspeedItemId}</bdi>
          </h2>
          <p className="muted small">
            {[item.category, m.on_hand({ n: number(onHand(item)) })].filter(Boolean).join(' · ')}
            {item.stock.length > 1 &&
              `: ${item.stock
                .filter((s) => s.onHand !== 0)
                .map((s) => `${s.shop?.name ?? ''} ${number(s.onHand)}`)
                .join(', ')}`}
          </p>
        </div>
        <span className="row one nw">
          <IconButton icon="up" label={m.review_previous()} onClick={() => p.onStep(-1)} />
          <span className="muted small">{p.place}</span>
          <IconButton icon="down" label={m.review_next()} onClick={() => p.onStep(1)} />
        </span>
      </div>
      {item.matchReason && (
        <p className="gap">
          <span className="t-warn">
            <Icon name="warn" />
          </span>{' '}
          {why[item.matchReason]()}
        </p>
      )}
      {item.rivals.length > 0 && (
        <p className="small muted">
          {m.review_rivals()}{' '}
          {item.rivals.map((r) => `${r.description} (${m.line_item({ id: r.lightspeedItemId })})`).join(', ')}
        </p>
      )}
      {shown.length > 1 && (
        <div className="only-p gap">
          <fieldset className="chips">
            <legend className="sr">{m.review_candidates()}</legend>
            {shown.map((c, i) => (
              <button key={c.id} type="button" className="chip" aria-pressed={i === nth} onClick={() => setNth(i)}>
                {i + 1}
              </button>
            ))}
          </fieldset>
        </div>
      )}
      {shown.length > 0 ? (
        <table className={`cmp n${shown.length} show${nth}`}>
          <caption className="sr">{m.review_beside()}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr">{m.review_field()}</span>
              </th>
              <th scope="col">
                {m.review_in_lightspeed()}
                <div className="muted small">{m.line_item({ id: item.lightspeedItemId })}</div>
              </th>
              {shown.map((c, i) => (
                <th scope="col" key={c.id} className={`c c${i}`}>
                  <kbd>{i + 1}</kbd> {m.review_on_website()}
                  <div className="muted small">
                    {(i === best && shown.length > 1 ? m.review_fits_best : m.review_fits)({
                      n: number(fits[i] ?? 0),
                      of: number(likeness[i]?.length ?? 0),
                    })}
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((f) => (
              <tr key={f.label}>
                <th scope="row">{f.label}</th>
                <td className="any">{f.own || <span className="muted">–</span>}</td>
                {shown.map((c, i) => (
                  <Cell key={c.id} field={f} candidate={c} nth={i} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td />
              <td />
              {shown.map((c, i) => (
                <td key={c.id} className={`c c${i}`}>
                  <Manage>
                    {item.product?.id === c.id && item.matchReason === null ? (
                      <Button busy={act.busy} onClick={() => void act.unlink()}>
                        {m.review_unlink()}
                      </Button>
                    ) : (
                      <Button look={i === best ? 'primary' : 'plain'} busy={act.busy} onClick={() => void act.link(c)}>
                        {item.product?.id === c.id ? m.review_keep() : m.link_this()}{' '}
                        <kbd className="only-d">{i + 1}</kbd>
                        <span className="sr"> {c.name}</span>
                      </Button>
                    )}
                  </Manage>
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      ) : (
        <p className="muted gap">{m.review_no_candidates()}</p>
      )}
      {item.candidateCount > shown.length && (
        <p className="muted small gap">{m.review_more_candidates({ n: number(item.candidateCount - shown.length) })}</p>
      )}
      <Manage>
        <div className="row gap">
          {item.candidates.length > 0 && (
            <Button busy={act.busy} onClick={none}>
              {m.review_none_of()} <kbd className="only-d">X</kbd>
            </Button>
          )}
          {item.product && (
            <Button busy={act.busy} onClick={() => void act.unlink()}>
              {m.review_unlink()}
            </Button>
          )}
          <Button look="quiet" icon="search" onClick={() => setFinding(true)}>
            {m.review_find()}
          </Button>
          {p.last && (
            <Button look="quiet" icon="undo" onClick={() => p.last && void act.undo(p.last)}>
              {m.undo()} <kbd className="only-d">U</kbd>
            </Button>
          )}
        </div>
      </Manage>
      {item.decisions.length > 0 && (
        <Decisions item={item} undo={(id) => void act.undo({ item: item.id, decisions: [id] })} />
      )}
      <Manage>
        <p className="keys gap">
          <span>
            <kbd>J</kbd>
            <kbd>K</kbd> {m.keys_step()}
          </span>
          <span>
            <kbd>1</kbd>–<kbd>4</kbd> {m.keys_link()}
          </span>
          <span>
            <kbd>X</kbd> {m.review_none_of()}
          </span>
          <span>
            <kbd>U</kbd> {m.undo()}
          </span>
        </p>
      </Manage>
      {asking && (
        <Dialog
          title={m.review_reject_title({ n: number(item.candidates.length) })}
          open
          onClose={() => setAsking(false)}
          acts={
            <>
              <Button autoFocus onClick={() => setAsking(false)}>
                {m.cancel()}
              </Button>
              <Button
                look="primary"
                onClick={() => {
                  setAsking(false);
                  void act.none();
                }}
              >
                {m.review_reject({ n: number(item.candidates.length) })}
              </Button>
            </>
          }
        >
          <p>{m.review_reject_lead()}</p>
          <ul className="dots">
            {unseen.map((c) => (
              <li key={c.id}>
                <bdi>{c.name}</bdi>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
      {finding && (
        <FindDialog
          item={item}
          busy={act.busy}
          onClose={() => setFinding(false)}
          onLink={(product) => {
            setFinding(false);
            void act.link(product);
          }}
        />
      )}
    </>
  );
}

type Field = {
  label: string;
  own: string;
  of(c: Candidate): { text: string; like: Likeness; words?: string };
};

/** The fields that the two sides have, and how each is to the other; those that nobody has are left out. */
function fields(item: Item): Field[] {
  const variant = (v: { size: string; color: string } | null | undefined) =>
    [v?.size, v?.color].filter(Boolean).join(', ');
  const all: Field[] = [
    {
      label: m.review_name(),
      own: item.description,
      of: (c) => {
        const strange = strangeWords(c.name, item.description);
        return strange.length === 0
          ? { text: c.name, like: 'same', words: m.review_words_fit() }
          : { text: c.name, like: 'differs', words: m.review_only_here({ words: strange.slice(0, 5).join(' ') }) };
      },
    },
    { label: m.review_brand(), own: item.brand, of: (c) => ({ text: c.brand, like: sameText(item.brand, c.brand) }) },
    {
      label: m.review_upc(),
      own: item.upc,
      of: (c) => ({ text: [c.gtin1, c.gtin2].filter(Boolean).join(', '), like: sameCode(item.upc, c.gtin1, c.gtin2) }),
    },
    {
      label: m.review_ean(),
      own: item.ean,
      of: (c) => ({ text: [c.gtin1, c.gtin2].filter(Boolean).join(', '), like: sameCode(item.ean, c.gtin1, c.gtin2) }),
    },
    {
      label: m.review_sku(),
      own: item.manufacturerSku,
      of: (c) => ({ text: c.mpn, like: sameText(item.manufacturerSku, c.mpn) }),
    },
    {
      label: m.review_variant(),
      own: variant(item.variant),
      of: (c) => ({ text: variant(c.variant), like: sameText(variant(item.variant), variant(c.variant)) }),
    },
    {
      label: m.review_price(),
      own: /[1-9]/.test(item.msrp.amount) ? money(item.msrp) : '',
      of: (c) => ({
        text: money(c.price),
        like: /[1-9]/.test(item.msrp.amount) ? sameText(money(item.msrp), money(c.price)) : 'unknown',
      }),
    },
    {
      label: m.review_linked(),
      own: item.product?.name ?? '',
      of: (c) => ({
        text: c.posItem ? `${c.posItem.description} (${m.line_item({ id: c.posItem.lightspeedItemId })})` : '',
        like: 'unknown',
      }),
    },
  ];
  return all.filter(
    (f) => f.own !== '' || (f.label !== m.review_ean() && item.candidates.some((c) => f.of(c).text !== '')),
  );
}

function Cell({ field, candidate, nth }: { field: Field; candidate: Candidate; nth: number }) {
  const { text, like, words } = field.of(candidate);
  return (
    <td className={`c c${nth} any ${like === 'same' ? 'same' : like === 'differs' ? 'dif' : ''}`}>
      <bdi>{text || <span className="muted">–</span>}</bdi>
      {like !== 'unknown' && (
        <span className="mk">
          <Icon name={like === 'same' ? 'check' : 'differs'} />
          {words ?? (like === 'same' ? m.review_same() : m.review_differs())}
        </span>
      )}
    </td>
  );
}

function Decisions({ item, undo }: { item: Item; undo(id: string): void }) {
  return (
    <>
      <h3 className="gap">{m.review_decisions()}</h3>
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
              <Button small onClick={() => undo(d.id)}>
                {m.decision_withdraw()}
                <span className="sr"> {d.product.name}</span>
              </Button>
            </Manage>
          </li>
        ))}
      </ul>
    </>
  );
}

type FindProps = { item: Item; busy: boolean; onClose(): void; onLink(p: FoundProduct): void };

function FindDialog({ item, busy, onClose, onLink }: FindProps) {
  const [chosen, setChosen] = useState<FoundProduct>();
  return (
    <Dialog
      title={m.review_find_title({ name: item.description })}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button look="primary" busy={busy} disabled={!chosen} onClick={() => chosen && onLink(chosen)}>
            {m.link_this()}
          </Button>
        </>
      }
    >
      <div className="fields">
        <FindProduct chosen={chosen} onChoose={setChosen} start={item.manufacturerSku || item.brand} />
      </div>
    </Dialog>
  );
}
