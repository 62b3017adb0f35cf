import{r as e,w as t}from"./Panel-Bs6JSMci.js";var n=()=>`Changed`,r=()=>`Cambiados`,i=((e={},i={})=>(i.locale??t())===`es`?r(e):n(e));e(`
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
`);var a=e(`
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
`),o=e(`
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
`),s=e(`
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
`),c=e(`
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
`),l=e(`
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
`),u=e(`
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
`),d=e(`
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
`);export{s as a,i as c,l as i,u as n,a as o,d as r,o as s,c as t};