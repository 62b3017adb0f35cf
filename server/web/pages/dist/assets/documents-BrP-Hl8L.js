import{r as e,w as t}from"./Panel-Bs6JSMci.js";var n=()=>`On hand`,r=()=>`Existencias`,i=((e={},i={})=>(i.locale??t())===`es`?r(e):n(e)),a=()=>`They are being read from Lightspeed`,o=()=>`Se están leyendo de Lightspeed`,s=((e={},n={})=>(n.locale??t())===`es`?o(e):a(e)),c=()=>`On the website`,l=()=>`En el sitio web`,u=((e={},n={})=>(n.locale??t())===`es`?l(e):c(e)),d=e(`
  query ItemsPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: PosItemWhere) {
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
`),f=e(`
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
`),p=e(`
  mutation ReadItems($ids: [ID!]!) {
    startSync(input: { posItemIds: $ids }) {
      syncRun {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),m=e(`
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
`),h=e(`
  subscription ItemRead {
    syncStatus {
      sequence
      state
      run {
        id
      }
    }
  }
`);export{p as a,i as c,f as i,h as n,u as o,d as r,s,m as t};