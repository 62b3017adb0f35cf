import { graphql } from '../../graphql';

export const ItemsPage = graphql(`
  query ItemsPage(
    $after: Cursor
    $before: Cursor
    $first: Int
    $last: Int
    $where: PosItemWhere
    $priced: Boolean! = false
  ) {
    posItems(
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
          manufacturerSku
          stock {
            onHand
          }
          product @include(if: $priced) {
            id
            effectivePrice {
              price {
                amount
                currencyCode
              }
            }
          }
          diagnosis {
            displayed
            reasons {
              code
              blocking
              message
            }
          }
        }
      }
    }
  }
`);

export const ItemsSummary = graphql(`
  query ItemsSummary($where: PosItemWhere) {
    diagnosisSummary(where: $where) {
      total
      displayed
      notDisplayed
      reasons {
        code
        count
        blocking
        message
        advice
      }
    }
  }
`);

export const ReadItems = graphql(`
  mutation ReadItems($ids: [ID!]!) {
    startSync(input: { posItemIds: $ids }) {
      syncRun {
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

export const ItemPage = graphql(`
  query ItemPage($id: String!) {
    posItem(lightspeedItemId: $id) {
      id
      lightspeedItemId
      systemSku
      description
      brand
      category
      upc
      ean
      customSku
      manufacturerSku
      archived
      lightspeedUrl
      matchState
      matchReason
      matchPending
      defaultCost {
        amount
        currencyCode
      }
      msrp {
        amount
        currencyCode
      }
      prices {
        priceLevel {
          id
          name
        }
        price {
          amount
          currencyCode
        }
      }
      stock {
        onHand
        reserve
        held
        available
        onOrder
        updatedAt
        shop {
          id
          name
        }
      }
      product {
        id
        key
        name
        brand
        mpn
        gtin1
        gtin2
        websiteUrl
      }
      diagnosis {
        displayed
        reasons {
          code
          blocking
          message
          advice
        }
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
`);

export const ItemRead = graphql(`
  subscription ItemRead {
    syncStatus {
      sequence
      state
      run {
        id
      }
    }
  }
`);
