import { graphql } from '../../graphql';

export const OrderRow = graphql(`
  fragment OrderRow on Order {
    id
    key
    number
    placedAt
    cancelled
    revision
    fulfilled
    exportState
    customer {
      firstName
      lastName
      company
      email
    }
    pickupLocation {
      id
      name
    }
    status {
      id
      name
    }
    total {
      amount
      currencyCode
    }
    balanceDue {
      amount
      currencyCode
    }
    exportBlockers {
      code
      message
      messageParameters {
        name
        value
      }
      advice
    }
    export {
      state
      reason {
        code: reasonCode
        message
        messageParameters {
          name
          value
        }
      }
      requestedAt
      exportedAt
      ticketNumber
      lightspeedSaleId
      saleUrl
      queuePlace
      expectedSeconds
    }
    notices {
      code
      message
      messageParameters {
        name
        value
      }
    }
  }
`);

export const Counts = graphql(`
  fragment Counts on ExportCounts {
    states {
      state
      count
    }
    blockers {
      code
      count
    }
    ready
    refundOpen
  }
`);

export const OrdersPage = graphql(`
  query OrdersPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: OrderWhere) {
    orders(after: $after, before: $before, first: $first, last: $last, where: $where) {
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
          ...OrderRow
        }
      }
    }
  }
`);

export const OrdersAround = graphql(`
  query OrdersAround {
    exportCounts {
      ...Counts
    }
    exportSettings {
      revision
      register {
        id
        name
      }
      issues {
        code
        message
        messageParameters {
          name
          value
        }
        advice
      }
      pause {
        pausedBy
        pausedAt
        reason
      }
    }
    statusTypes {
      id
      name
      retired
    }
  }
`);

export const OrdersNow = graphql(`
  subscription OrdersNow {
    ordersChanged {
      sequence
      orderIds
      truncated
    }
  }
`);

export const PauseExports = graphql(`
  mutation PauseExports($reason: String!) {
    pauseExports(input: { reason: $reason }) {
      exportSettings {
        revision
        pause {
          pausedBy
          pausedAt
          reason
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

export const ResumeExports = graphql(`
  mutation ResumeExports {
    resumeExports {
      exportSettings {
        revision
        pause {
          pausedBy
          pausedAt
          reason
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

export const ExportOrders = graphql(`
  mutation ExportOrders($input: ExportOrdersInput!) {
    exportOrders(input: $input) {
      results {
        order {
          ...OrderRow
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

export const RetryExports = graphql(`
  mutation RetryExports($input: RetryExportsInput!) {
    retryExports(input: $input) {
      results {
        order {
          ...OrderRow
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

export const MarkRefundsDone = graphql(`
  mutation MarkRefundsDone($input: MarkRefundsDoneInput!) {
    markRefundsDone(input: $input) {
      results {
        order {
          ...OrderRow
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

export const ChangeStatus = graphql(`
  mutation ChangeStatus($input: ChangeOrderStatusInput!) {
    changeOrderStatus(input: $input) {
      results {
        order {
          ...OrderRow
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
