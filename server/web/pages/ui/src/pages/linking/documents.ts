import { graphql } from '../../graphql';

export const FindProducts = graphql(`
  query FindProducts($search: String!) {
    products(first: 8, where: { search: $search, active: true }) {
      totalCount
      edges {
        cursor
        node {
          id
          key
          name
          brand
          mpn
          gtin1
          effectivePrice {
            price {
              amount
              currencyCode
            }
          }
          posItem {
            id
            lightspeedItemId
          }
        }
      }
    }
  }
`);

export const FindItems = graphql(`
  query FindItems($search: String!) {
    posItems(first: 8, where: { search: $search, archived: false }) {
      totalCount
      edges {
        cursor
        node {
          id
          lightspeedItemId
          description
          brand
          upc
          manufacturerSku
          product {
            id
            name
          }
        }
      }
    }
  }
`);

export const LinkItem = graphql(`
  mutation LinkItem($item: ID!, $product: ID!) {
    linkItem(input: { posItemId: $item, productId: $product }) {
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

export const Withdraw = graphql(`
  mutation Withdraw($id: ID!) {
    withdrawDecision(input: { decisionId: $id }) {
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
        field
      }
    }
  }
`);
