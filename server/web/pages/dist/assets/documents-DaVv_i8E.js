import{o as e}from"./Button-DTpzbii0.js";import{r as t}from"./Panel-BSITHXaU.js";var n=()=>`On hand`,r=()=>`Existencias`,i=((t={},i={})=>(i.locale??e())===`es`?r(t):n(t)),a=()=>`They are being read from Lightspeed`,o=()=>`Se están leyendo de Lightspeed`,s=((t={},n={})=>(n.locale??e())===`es`?o(t):a(t)),c=()=>`On the website`,l=()=>`En el sitio web`,u=((t={},n={})=>(n.locale??e())===`es`?l(t):c(t)),d=t(`
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
`),f=t(`
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
`),p=t(`
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
`),m=t(`
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
`),h=t(`
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