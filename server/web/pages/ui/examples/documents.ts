import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';

type Order = { id: string; number: string; total: { amount: string; currencyCode: string } };

/** Orders that can be exported. In a larger program these types are generated from docs/schema.graphql. */
export const ReadyOrders = parse(`
  query ReadyOrders {
    orders(first: 10, where: { exportRequested: false, blocked: false }) {
      totalCount
      edges { node { id number total { amount currencyCode } } }
    }
  }
`) as TypedDocumentNode<{ orders: { totalCount: number; edges: { node: Order }[] } }, Record<string, never>>;

export const ExportOrder = parse(`
  mutation ExportOrder($id: ID!) {
    exportOrder(input: { orderId: $id }) { order { id exportState } userErrors { message } }
  }
`) as TypedDocumentNode<{ exportOrder: { userErrors: { message: string }[] } }, { id: string }>;

export const OrdersChanged = parse(`
  subscription OrdersChanged { ordersChanged { sequence } }
`) as TypedDocumentNode<{ ordersChanged: { sequence: number } }, Record<string, never>>;
