import { graphql } from '../../graphql';

export const GoLivePage = graphql(`
  query GoLivePage {
    setup {
      sequence
      complete
      live
      readyToGoLive
      wouldDisplay
      repriced
      issues {
        code
        blocking
        message
        messageParameters {
          name
          value
        }
        setting
      }
    }
    diagnosisSummary {
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
    reviewSummary {
      total
    }
    exportCounts {
      ready
    }
    exportSettings {
      enabled
    }
    pricingSettings {
      enabled
    }
  }
`);

export const GoLive = graphql(`
  mutation GoLive {
    goLive {
      setup {
        sequence
        complete
        live
        readyToGoLive
        wouldDisplay
        repriced
        issues {
          code
          blocking
          message
          messageParameters {
            name
            value
          }
          setting
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
