import { graphql } from '../../graphql';

export const AlertEmails = graphql(`
  query AlertEmails {
    alertEmailSettings {
      revision
      available
      mode
      dailyTime
      addresses {
        address
        lastEmail {
          id
          kind
          state
          createdAt
          sentAt
          problem
          serverSaid
        }
      }
    }
  }
`);

export const SaveAlertEmails = graphql(`
  mutation SaveAlertEmails($input: UpdateAlertEmailSettingsInput!) {
    updateAlertEmailSettings(input: $input) {
      alertEmailSettings {
        revision
      }
      userErrors {
        code
        message
        field
        messageParameters {
          name
          value
        }
      }
    }
  }
`);

export const SendTestEmail = graphql(`
  mutation SendTestEmail($input: SendTestEmailInput!) {
    sendTestEmail(input: $input) {
      email {
        id
        state
      }
      userErrors {
        code
        message
        field
        messageParameters {
          name
          value
        }
      }
    }
  }
`);
