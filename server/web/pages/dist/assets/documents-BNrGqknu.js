import{r as e,w as t}from"./Panel-Bs6JSMci.js";var n=()=>`Changed`,r=()=>`Cambiados`,i=((e={},i={})=>(i.locale??t())===`es`?r(e):n(e)),a=e=>`by ${e?.who}`,o=e=>`por ${e?.who}`,s=((e,n={})=>(n.locale??t())===`es`?o(e):a(e));e(`
  fragment RunParts on SyncRun {
    id
    kind
    trigger
    state
    phase
    sequence
    done
    total
    waitReason
    resumeAt
    displayedBefore
    wouldHide
    cancelRequested
    requestedBy
    chosenItems
    createdAt
    startedAt
    finishedAt
    shop {
      id
      name
    }
    counts {
      itemsRead
      itemsChanged
      stockRead
      stockChanged
      shown
      hidden
      issues
      checks
    }
    error {
      code
      message
    }
  }
`);var c=e(`
  query StatusPage {
    lightspeedLink {
      id
      state
      accountName
      employeeName
      budget {
        level
        size
        dripPerSecond
        observedAt
      }
    }
    shops {
      id
      name
      archived
      stockAsOf
      location {
        id
        name
      }
    }
    syncRuns(first: 6) {
      edges {
        node {
          ...RunParts
        }
      }
    }
    heldChanges {
      itemsSince
      items
      pricesSince
      prices
    }
  }
`),l=e(`
  subscription SyncNow {
    syncStatus {
      sequence
      state
      phase
      done
      total
      lastSuccessAt
      nextRunAt
      at
      run {
        ...RunParts
      }
    }
  }
`),u=e(`
  mutation StartSync($input: StartSyncInput!) {
    startSync(input: $input) {
      syncRun {
        ...RunParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),d=e(`
  mutation CancelSync($id: ID!) {
    cancelSync(input: { syncRunId: $id }) {
      syncRun {
        ...RunParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),f=e(`
  mutation ConfirmSync($id: ID!) {
    confirmSync(input: { syncRunId: $id }) {
      syncRun {
        ...RunParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),p=e(`
  mutation ConfirmHidden($count: Int!) {
    confirmHiddenItems(input: { expectedCount: $count }) {
      heldChanges {
        itemsSince
        items
        pricesSince
        prices
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),m=e(`
  mutation ConfirmLower($count: Int!) {
    confirmLowerPrices(input: { expectedCount: $count }) {
      heldChanges {
        itemsSince
        items
        pricesSince
        prices
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);export{u as a,s as c,f as i,i as l,p as n,c as o,m as r,l as s,d as t};