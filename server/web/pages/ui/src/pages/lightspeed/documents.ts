import { graphql } from '../../graphql';

export const LightspeedPage = graphql(`
  query LightspeedPage {
    lightspeedLink {
      id
      state
      lightspeedAccountId
      accountName
      employeeName
      connectedBy
      connectedAt
      disconnectedAt
      reauthSince
      budget {
        level
        size
        dripPerSecond
        observedAt
      }
    }
    shops {
      id
      archived
      location {
        id
      }
    }
    syncStatus {
      sequence
      lastSuccessAt
      nextRunAt
      referenceAsOf
    }
  }
`);

export const Connect = graphql(`
  mutation Connect($input: ConnectLightspeedInput!) {
    connectLightspeed(input: $input) {
      authorizeUrl
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

export const Complete = graphql(`
  mutation Complete($code: String!) {
    completeConnection(input: { code: $code }) {
      lightspeedLink {
        id
        state
        lightspeedAccountId
        accountName
        employeeName
        connectedBy
        connectedAt
        disconnectedAt
        reauthSince
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

export const Disconnect = graphql(`
  mutation Disconnect {
    disconnectLightspeed(input: { acknowledge: [EMPTIES_WEBSITE] }) {
      lightspeedLink {
        id
        state
        disconnectedAt
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
