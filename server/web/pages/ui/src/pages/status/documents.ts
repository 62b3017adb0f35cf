import { graphql } from '../../graphql';

export const RunParts = graphql(`
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
      code: errorCode
      message
    }
  }
`);

export const StatusPage = graphql(`
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
`);

export const SyncNow = graphql(`
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
`);

export const StartSync = graphql(`
  mutation StartSync($input: StartSyncInput!) {
    startSync(input: $input) {
      syncRun {
        ...RunParts
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

export const CancelSync = graphql(`
  mutation CancelSync($id: ID!) {
    cancelSync(input: { syncRunId: $id }) {
      syncRun {
        ...RunParts
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

export const ConfirmSync = graphql(`
  mutation ConfirmSync($id: ID!) {
    confirmSync(input: { syncRunId: $id }) {
      syncRun {
        ...RunParts
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

export const ConfirmHidden = graphql(`
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
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);

export const ConfirmLower = graphql(`
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
        messageParameters {
          name
          value
        }
        field
      }
    }
  }
`);
