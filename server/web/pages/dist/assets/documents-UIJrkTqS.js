import{o as e}from"./Button-DTpzbii0.js";import{r as t}from"./Panel-BSITHXaU.js";var n=()=>`Changed`,r=()=>`Cambiados`,i=((t={},i={})=>(i.locale??e())===`es`?r(t):n(t));t(`
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
`);var a=t(`
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
`),o=t(`
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
`),s=t(`
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
`),c=t(`
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
`),l=t(`
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
`),u=t(`
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
`),d=t(`
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