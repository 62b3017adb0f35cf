import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '../../kit/act';
import { Button } from '../../kit/Button';
import { Dialog } from '../../kit/Dialog';
import { SearchField } from '../../kit/SearchField';
import { Loaded } from '../../kit/States';
import { toast, toastError } from '../../kit/toast';
import { m } from '../../paraglide/messages.js';
import { FindItems, LinkItem, Withdraw } from './documents';

type Props = { product: { id: string; name: string; mpn: string }; onClose(): void };

/** Finds the item in Lightspeed that a product of the website is, and links the two. */
export function LinkProduct({ product, onClose }: Props) {
  const [search, setSearch] = useState(product.mpn || (product.name.split(' ').slice(0, 2).join(' ') ?? ''));
  const [result, again] = useQuery({ query: FindItems, variables: { search }, pause: search === '' });
  const link = useAct(LinkItem);
  const withdraw = useAct(Withdraw);
  const run = async (item: string) => {
    const { ok, data, userErrors } = await link.run({ item, product: product.id });
    if (userErrors[0]) toastError(userErrors[0].message);
    if (!ok) return;
    const decision = data?.linkItem.decision?.id;
    toast(
      m.link_done({ name: product.name }),
      decision ? { label: m.undo(), run: () => void withdraw.run({ id: decision }) } : undefined,
    );
    onClose();
  };
  return (
    <Dialog
      title={m.link_title({ name: product.name })}
      open
      onClose={onClose}
      acts={<Button onClick={onClose}>{m.cancel()}</Button>}
    >
      <p>{m.link_lead()}</p>
      <div className="fields">
        <SearchField label={m.items_search()} value={search} onChange={setSearch} autoFocus />
      </div>
      <Loaded result={result} again={again} rows={3}>
        {({ posItems }) => (
          <ul className="found">
            {posItems.edges.map(({ node: i }) => (
              <li key={i.id}>
                <span>
                  <bdi>{i.description}</bdi>
                  <span className="muted block small">
                    {[m.line_item({ id: i.lightspeedItemId }), i.brand, i.manufacturerSku, i.upc]
                      .filter(Boolean)
                      .join(' · ')}
                    {i.product && ` · ${m.link_linked_to({ name: i.product.name })}`}
                  </span>
                </span>
                <Button small busy={link.busy} onClick={() => void run(i.id)}>
                  {m.link_this()}
                  <span className="sr"> {i.description}</span>
                </Button>
              </li>
            ))}
            {posItems.edges.length === 0 && <li className="muted">{m.find_none()}</li>}
          </ul>
        )}
      </Loaded>
    </Dialog>
  );
}
