import { graphql } from '../../graphql';

export const ReviewPage = graphql(`
  query ReviewPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: ReviewQueueWhere) {
    reviewQueue(
      after: $after
      before: $before
      first: $first
      last: $last
      where: $where
      orderBy: { field: STOCK, direction: DESC }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          id
          lightspeedItemId
          description
          brand
          matchReason
          matchPending
          candidateCount
          rivalCount
          stock {
            onHand
          }
        }
      }
    }
  }
`);

export const ReviewFigures = graphql(`
  query ReviewFigures($where: ReviewQueueWhere) {
    reviewSummary(where: $where) {
      total
      inStock
      setAside
      reasons {
        reason
        count
      }
    }
  }
`);

export const ReviewCase = graphql(`
  query ReviewCase($id: ID!) {
    node(id: $id) {
      ... on PosItem {
        id
        lightspeedItemId
        description
        brand
        category
        upc
        ean
        manufacturerSku
        customSku
        matchState
        matchReason
        matchBasis
        matchPending
        candidateCount
        msrp {
          amount
          currencyCode
        }
        variant {
          size
          color
        }
        stock {
          onHand
          shop {
            id
            name
          }
        }
        product {
          id
          name
        }
        candidates {
          id
          key
          name
          brand
          mpn
          gtin1
          gtin2
          category
          price {
            amount
            currencyCode
          }
          variant {
            size
            color
          }
          posItem {
            id
            lightspeedItemId
            description
          }
        }
        rivals {
          id
          lightspeedItemId
          description
        }
        decisions {
          id
          verdict
          idle
          decidedBy
          decidedAt
          product {
            id
            name
          }
        }
      }
    }
  }
`);

export const Pending = graphql(`
  query Pending($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on PosItem {
        id
        matchPending
        matchState
        matchReason
      }
    }
  }
`);

export const RejectMatch = graphql(`
  mutation RejectMatch($item: ID!, $product: ID!) {
    rejectMatch(input: { posItemId: $item, productId: $product }) {
      posItem {
        id
        matchPending
      }
      decision {
        id
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export const UnlinkItem = graphql(`
  mutation UnlinkItem($item: ID!) {
    unlinkItem(input: { posItemId: $item }) {
      posItem {
        id
        matchPending
      }
      decision {
        id
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export const ConfirmMatches = graphql(`
  mutation ConfirmMatches($ids: [ID!]!) {
    confirmMatches(input: { posItemIds: $ids }) {
      batch
      results {
        id
        posItem {
          id
          matchPending
        }
        userErrors {
          code
          message
          messageParameters {
            name
            value
          }
        }
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export const UndoConfirm = graphql(`
  mutation UndoConfirm($batch: String!) {
    undoConfirmMatches(input: { batch: $batch }) {
      results {
        id
        posItem {
          id
          matchPending
        }
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export const SetAside = graphql(`
  mutation SetAside($ids: [ID!]!, $aside: Boolean!) {
    setMatchesAside(input: { posItemIds: $ids, aside: $aside }) {
      results {
        id
      }
      userErrors {
        code
        message
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export const Pairs = graphql(`
  query Pairs($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on PosItem {
        id
        description
        candidates {
          id
          name
        }
      }
    }
  }
`);
