// The types that graphql-codegen and gql.tada make of the schema are what the API answers. tsc checks this file; it never runs.
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { initGraphQLTada, type ResultOf as TadaResult, type VariablesOf as TadaVariables } from 'gql.tada';
import type { introspection } from './generated/tada-env';
import * as documents from './documents';
import { useFragment } from './generated/codegen/index';
import type { OrderPaymentState, RunState } from './generated/codegen/graphql';

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Decimal: string; DateTime: string; Date: string; Cursor: string; TimeOfDay: string; Int64: number };
}>();

// Same is true only of types that are the same.
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_: T[] = []) => {};

// graphql-codegen: a page, its rows behind a fragment, and what says whether another page follows.
type Page = ResultOf<typeof documents.products>['products'];
holds<Same<Page['totalCount'], number>>();
holds<Same<Page['pageInfo']['hasNextPage'], boolean>>();
holds<Same<Page['pageInfo']['endCursor'], string | null>>();
declare const page: Page;
const row = useFragment(documents.productRow, page.edges[0]!.node);
holds<Same<(typeof row)['price']['amount'], string>>();
const variables: VariablesOf<typeof documents.products> = { after: page.pageInfo.endCursor, orderBy: { field: 'NAME', direction: 'ASC' } };
// @ts-expect-error: an enum has no such value
const wrong: VariablesOf<typeof documents.products> = { orderBy: { field: 'COLOUR' } };

// An interface: what the object is decides which fields it has.
declare const found: ResultOf<typeof documents.anything>;
const node = found.nodes[0];
if (node?.__typename === 'Order') {
  const state: OrderPaymentState = node.paymentState;
  void state;
  // @ts-expect-error: an order is no item
  void node.matchState;
}
if (node?.__typename === 'SyncRun') {
  const state: RunState = node.state;
  void state;
}

// A change and a subscription.
declare const added: ResultOf<typeof documents.addLine>;
holds<Same<NonNullable<typeof added.addOrderLine.order>['lines'][number]['description'], string>>();
declare const event: ResultOf<typeof documents.runs>;
holds<Same<typeof event.syncStatus.total, number | null>>();

// gql.tada: the same, by inference from the document's text.
const tadaRow = graphql(`
  fragment Row on Product @_unmask { id name price { amount } }
`);
const tadaProducts = graphql(
  `
  query Products($after: Cursor, $orderBy: ProductOrder) {
    products(first: 2, after: $after, orderBy: $orderBy) {
      totalCount
      edges { node { ...Row } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [tadaRow],
);
type TadaPage = TadaResult<typeof tadaProducts>['products'];
holds<Same<TadaPage['totalCount'], number>>();
holds<Same<TadaPage['pageInfo']['endCursor'], string | null>>();
holds<Same<TadaPage['edges'][number]['node']['price']['amount'], string>>();
const tadaVariables: TadaVariables<typeof tadaProducts> = { orderBy: { field: 'NAME', direction: 'ASC' } };
// @ts-expect-error: an enum has no such value
const tadaWrong: TadaVariables<typeof tadaProducts> = { orderBy: { field: 'COLOUR' } };
const tadaAnything = graphql(`
  query Anything($ids: [ID!]!) {
    nodes(ids: $ids) { __typename id ... on Order { paymentState } ... on SyncRun { state } }
  }
`);
declare const tadaFound: TadaResult<typeof tadaAnything>;
const tadaNode = tadaFound.nodes[0];
if (tadaNode?.__typename === 'Order') {
  const state: OrderPaymentState = tadaNode.paymentState;
  void state;
  // @ts-expect-error: an order is no run
  void tadaNode.state;
}
type RunStateOfTada = ReturnType<typeof graphql.scalar<'RunState'>>;
holds<Same<RunStateOfTada, RunState>>();

void [variables, wrong, tadaVariables, tadaWrong];
