// What front ends ask for, as graphql-codegen reads it: pages, interfaces, enums, changes.
import { graphql } from './generated/codegen/index';

export const products = graphql(`
  query Products($after: Cursor, $where: ProductWhere, $orderBy: ProductOrder) {
    products(first: 2, after: $after, where: $where, orderBy: $orderBy) {
      totalCount
      edges { cursor node { ...ProductRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const productRow = graphql(`
  fragment ProductRow on Product { id key name price { amount currencyCode } effectivePrice { problems { code message } } }
`);

export const anything = graphql(`
  query Anything($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Order { number paymentState export { state } }
      ... on PosItem { description matchState }
      ... on SyncRun { kind state }
    }
  }
`);

export const addLine = graphql(`
  mutation AddLine($input: AddOrderLineInput!) {
    addOrderLine(input: $input) { order { id lines { id description } } userErrors { code field message } }
  }
`);

export const runs = graphql(`
  subscription Runs($after: Int) { syncStatus(afterSequence: $after) { sequence state phase done total } }
`);
