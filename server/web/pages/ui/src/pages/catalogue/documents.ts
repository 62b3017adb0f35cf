import { graphql } from '../../graphql';

export const SaleParts = graphql(`
  fragment SaleParts on Product {
    id
    key
    name
    brand
    category
    mpn
    effectivePrice {
      price {
        amount
        currencyCode
      }
      regularPrice {
        amount
        currencyCode
      }
      onSale
      salePrice {
        amount
        currencyCode
      }
      saleStartDate
      saleEndDate
      problems {
        code
        message
        messageParameters {
          name
          value
        }
      }
    }
  }
`);

export const CatalogueItems = graphql(`
  query CatalogueItems($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: ProductWhere) {
    products(after: $after, before: $before, first: $first, last: $last, where: $where) {
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
          ...SaleParts
        }
      }
    }
    pricingSettings {
      revision
      enabled
      salePriceLevel {
        id
        name
      }
    }
  }
`);

export const SetSaleDates = graphql(`
  mutation SetSaleDates($input: SetSaleDatesInput!) {
    setSaleDates(input: $input) {
      count
      changed
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

export const PreviewSaleDates = graphql(`
  query PreviewSaleDates($input: SetSaleDatesInput!) {
    previewSaleDates(input: $input) {
      count
      changing
      needsAcknowledgement
      onSale
      withoutSalePrice
      examples {
        product {
          id
          name
        }
        before {
          saleStartDate
          saleEndDate
          price {
            amount
            currencyCode
          }
        }
        after {
          saleStartDate
          saleEndDate
          price {
            amount
            currencyCode
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

export const SaveSaleDates = graphql(`
  mutation SaveSaleDates($input: SaveSaleDatesInput!) {
    saveSaleDates(input: $input) {
      changed
      results {
        product {
          ...SaleParts
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

export const Facets = graphql(`
  query Facets($where: ProductWhere) {
    catalogueFacets(where: $where) {
      brands {
        name
        count
      }
      categories {
        path
        name
        count
      }
    }
  }
`);
