import { useState } from 'react';
import { useQuery } from 'urql';
import type { FindProductsQuery } from '../../gql/graphql';
import { Button } from '../../kit/Button';
import { FieldError } from '../../kit/Field';
import { SearchField } from '../../kit/SearchField';
import { Loaded } from '../../kit/States';
import { money } from '../../lib/format';
import { m } from '../../paraglide/messages.js';
import { FindProducts } from './documents';

export type FoundProduct = FindProductsQuery['products']['edges'][number]['node'];

type Props = { chosen?: FoundProduct; onChoose(p: FoundProduct | undefined): void; start?: string; error?: string };

/** Searches the website's catalogue for one product. */
export function FindProduct({ chosen, onChoose, start = '', error }: Props) {
  const [search, setSearch] = useState(start);
  const [result, again] = useQuery({ query: FindProducts, variables: { search }, pause: search === '' || !!chosen });
  if (chosen) {
    return (
      <div className="fix chosen">
        <span>
          <b>
            <bdi>{chosen.name}</bdi>
          </b>
          <span className="muted block small">{[chosen.brand, chosen.mpn].filter(Boolean).join(' · ')}</span>
        </span>
        <Button small onClick={() => onChoose(undefined)}>
          {m.find_other()}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <SearchField label={m.find_product()} value={search} onChange={setSearch} autoFocus />
      {error && <FieldError>{error}</FieldError>}
      {search !== '' && (
        <Loaded result={result} again={again} rows={3}>
          {({ products }) => (
            <ul className="found">
              {products.edges.map(({ node: p }) => (
                <li key={p.id}>
                  <span>
                    <bdi>{p.name}</bdi>
                    <span className="muted block small">
                      {[p.brand, p.mpn, p.gtin1].filter(Boolean).join(' · ')} · {money(p.effectivePrice.price)}
                    </span>
                  </span>
                  <Button small onClick={() => onChoose(p)}>
                    {m.find_choose()}
                    <span className="sr"> {p.name}</span>
                  </Button>
                </li>
              ))}
              {products.edges.length === 0 && <li className="muted">{m.find_none()}</li>}
            </ul>
          )}
        </Loaded>
      )}
    </div>
  );
}
