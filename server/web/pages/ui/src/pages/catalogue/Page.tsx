import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { ProductWhere } from '../../gql/graphql';
import { Banner } from '../../kit/Banner';
import { Button } from '../../kit/Button';
import { type Choice, SelectField } from '../../kit/Field';
import { Filters } from '../../kit/Filters';
import { Head } from '../../kit/Head';
import { Pager, pageArgs } from '../../kit/Pager';
import { Panel } from '../../kit/Panel';
import { Form, Manage } from '../../kit/Role';
import { SearchField } from '../../kit/SearchField';
import { Empty, Loaded } from '../../kit/States';
import { useSite } from '../../kit/Time';
import { number } from '../../lib/format';
import type { Search } from '../../lib/search';
import { zoneName } from '../../lib/time';
import { m } from '../../paraglide/messages.js';
import { AllDialog } from './AllDialog';
import { CatalogueItems, Facets } from './documents';
import { DatesTable } from './Table';

/** The choices with the chosen one, which a link may name before the choices are there. */
const seeded = (chosen: string | undefined, choices: Choice<string>[] = []): Choice<string>[] =>
  !chosen || choices.some((c) => c.value.toLowerCase() === chosen.toLowerCase())
    ? choices
    : [{ value: chosen, label: chosen }, ...choices];

function Lead() {
  return m.catalogue_lead({ zone: zoneName(useSite().timeZone) });
}

export function Page() {
  const search = useSearch({ strict: false }) as Search;
  const go = useNavigate();
  const size = search.size === '100' ? 100 : 50;
  const where: ProductWhere = useMemo(
    () => ({
      active: true,
      ...(search.brand && { brand: search.brand }),
      ...(search.category && { category: search.category }),
      ...(search.q && { search: search.q }),
      ...(search.only === 'planned' && { salePlanned: true }),
      ...(search.only === 'now' && { onSale: true }),
      ...(search.only === 'problems' && { priceProblems: true }),
    }),
    [search.brand, search.category, search.q, search.only],
  );
  const [result, again] = useQuery({ query: CatalogueItems, variables: { ...pageArgs(search, size), where } });
  const [facetsResult] = useQuery({ query: Facets, variables: { where } });
  const facets = facetsResult.data?.catalogueFacets;
  const [all, setAll] = useState(false);
  const { after: _, before: __, ...filters } = search;
  const filter = (more: Search) => void go({ to: '.', search: { ...filters, ...more } as never, replace: true });
  const pricing = result.data?.pricingSettings;
  const filtered = Boolean(search.q || search.brand || search.category || search.only);
  return (
    <>
      <Head
        title={m.nav_items()}
        lead={
          <Suspense>
            <Lead />
          </Suspense>
        }
      />
      <div className="stack">
        {pricing && (!pricing.enabled || !pricing.salePriceLevel) && (
          <Banner
            tone="warn"
            title={pricing.enabled ? m.catalogue_no_level() : m.catalogue_off()}
            acts={
              <Link to="/settings/prices" className="btn">
                {m.nav_prices()}
              </Link>
            }
          >
            {m.catalogue_off_lead()}
          </Banner>
        )}
        <Form>
          <Panel title={<span className="sr">{m.nav_items()}</span>} className="lists" flush>
            <Filters
              first={
                <SearchField label={m.catalogue_search()} value={search.q ?? ''} onChange={(q) => filter({ q })} />
              }
              used={[search.brand, search.category, search.only].filter(Boolean).length}
            >
              <SelectField
                label={m.review_brand()}
                none={m.any()}
                value={search.brand ?? ''}
                onChange={(brand) => filter({ brand })}
                choices={seeded(
                  search.brand,
                  facets?.brands.map((b) => ({ value: b.name, label: m.facet({ name: b.name, n: number(b.count) }) })),
                )}
              />
              <SelectField
                label={m.category()}
                none={m.any()}
                value={search.category ?? ''}
                onChange={(category) => filter({ category })}
                choices={seeded(
                  search.category,
                  facets?.categories.map((c) => ({
                    value: c.path,
                    label: m.facet({
                      name: '\u2003'.repeat(c.path.split('/').length - 1) + c.name,
                      n: number(c.count),
                    }),
                  })),
                )}
              />
              <SelectField
                label={m.catalogue_only()}
                none={m.any()}
                value={search.only ?? ''}
                onChange={(only) => filter({ only })}
                choices={[
                  { value: 'planned', label: m.only_planned() },
                  { value: 'now', label: m.only_now() },
                  { value: 'problems', label: m.only_problems() },
                ]}
              />
              <SelectField
                label={m.catalogue_size()}
                value={size === 100 ? '100' : '50'}
                onChange={(s) => filter({ size: s === '100' ? '100' : undefined })}
                choices={[
                  { value: '50', label: '50' },
                  { value: '100', label: '100' },
                ]}
              />
            </Filters>
            <Loaded result={result} again={again} rows={10}>
              {({ products }) =>
                products.edges.length === 0 ? (
                  <div className="pad24">
                    <Empty
                      icon="search"
                      title={
                        search.q || search.brand || search.category ? m.catalogue_none_filter() : m.catalogue_none()
                      }
                      act={
                        filtered && (
                          <Link to="/catalog/items" className="btn">
                            {m.filters_clear()}
                          </Link>
                        )
                      }
                    >
                      {!filtered && m.catalogue_none_lead()}
                    </Empty>
                  </div>
                ) : (
                  <>
                    <DatesTable
                      // What is edited belongs to these filters and this page of them, however often they are read.
                      key={result.operation?.key}
                      rows={products.edges.map((e) => e.node)}
                      onSaved={() => again({ requestPolicy: 'network-only' })}
                    />
                    <Pager
                      info={products.pageInfo}
                      text={m.items_n({ count: products.totalCount, n: number(products.totalCount) })}
                      go={(page) => void go({ to: '.', search: { ...filters, ...page } as never })}
                    />
                    <Manage>
                      <div className="filters end">
                        <span className="muted grow">{m.catalogue_all_lead()}</span>
                        <Button onClick={() => setAll(true)}>
                          {m.catalogue_all({ count: products.totalCount, n: number(products.totalCount) })}
                        </Button>
                      </div>
                    </Manage>
                    {all && (
                      <AllDialog
                        where={where}
                        onClose={() => setAll(false)}
                        onSaved={() => again({ requestPolicy: 'network-only' })}
                      />
                    )}
                  </>
                )
              }
            </Loaded>
          </Panel>
        </Form>
      </div>
    </>
  );
}
