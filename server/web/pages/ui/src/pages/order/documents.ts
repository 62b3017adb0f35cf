import { graphql } from '../../graphql';
import '../orders/documents'; // OrderRow

export const OrderLineParts = graphql(`
  fragment OrderLineParts on OrderLine {
    id
    kind
    productKey
    description
    quantity
    unitPrice {
      amount
      currencyCode
    }
    discount {
      amount
      currencyCode
    }
    tax {
      amount
      currencyCode
    }
    total {
      amount
      currencyCode
    }
    removed
    addedBy
    fulfilledQuantity
    fulfilledAt
    fulfillments {
      by
      quantity
      location {
        id
        name
      }
    }
    refundedQuantity
    product {
      id
      key
      name
      mpn
      posItem {
        id
        lightspeedItemId
      }
    }
  }
`);

export const OrderParts = graphql(`
  fragment OrderParts on Order {
    ...OrderRow
    note
    websiteUrl
    pricesIncludeTax
    createdAt
    updatedAt
    customer {
      firstName
      lastName
      company
      email
      phone
      address {
        line1
        line2
        city
        region
        zip
        country
      }
    }
    shippingAddress {
      line1
      line2
      city
      region
      zip
      country
    }
    statedTotal {
      amount
      currencyCode
    }
    capturedTotal {
      amount
      currencyCode
    }
    lines {
      ...OrderLineParts
    }
    payments {
      id
      method
      amount {
        amount
        currencyCode
      }
      refunded {
        amount
        currencyCode
      }
      state
      offline
      note
      recordedBy
      capturedAt
    }
    refunds {
      id
      payment {
        id
        method
      }
      amount {
        amount
        currencyCode
      }
      reason
      refundedBy
      refundedAt
      afterExport
      doneInLightspeedAt
      doneInLightspeedBy
    }
    export {
      state
      trigger
      requestedBy
      requestedAt
      attempts
      reference
      history {
        state
        reason {
          code: reasonCode
          message
          messageParameters {
            name
            value
          }
        }
        at
      }
      historyCount
      saleTotal {
        amount
        currencyCode
      }
      customerUrl
    }
    notices {
      code
      message
      messageParameters {
        name
        value
      }
      refund {
        id
      }
    }
  }
`);

export const OrderPage = graphql(`
  query OrderPage($key: String!) {
    order(key: $key) {
      ...OrderParts
    }
    locations {
      id
      name
    }
    statusTypes {
      id
      name
      retired
    }
  }
`);

export const CaptureOffline = graphql(`
  mutation CaptureOffline($input: CaptureOfflinePaymentInput!) {
    captureOfflinePayment(input: $input) {
      order {
        ...OrderParts
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

export const StoreFulfillment = graphql(`
  mutation StoreFulfillment($input: RecordStoreFulfillmentInput!) {
    recordStoreFulfillment(input: $input) {
      order {
        ...OrderParts
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

export const SupplierFulfillment = graphql(`
  mutation SupplierFulfillment($input: RecordSupplierFulfillmentInput!) {
    recordSupplierFulfillment(input: $input) {
      order {
        ...OrderParts
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

export const AddLine = graphql(`
  mutation AddLine($input: AddOrderLineInput!) {
    addOrderLine(input: $input) {
      order {
        ...OrderParts
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

export const ExchangeLine = graphql(`
  mutation ExchangeLine($input: ExchangeOrderLineInput!) {
    exchangeOrderLine(input: $input) {
      order {
        ...OrderParts
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

export const RemoveLine = graphql(`
  mutation RemoveLine($input: RemoveOrderLineInput!) {
    removeOrderLine(input: $input) {
      order {
        ...OrderParts
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

export const RefundPayment = graphql(`
  mutation RefundPayment($input: RefundOrderPaymentInput!) {
    refundOrderPayment(input: $input) {
      order {
        ...OrderParts
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

export const RefundDone = graphql(`
  mutation RefundDone($input: MarkRefundDoneInLightspeedInput!) {
    markRefundDoneInLightspeed(input: $input) {
      order {
        ...OrderParts
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

export const Acknowledge = graphql(`
  mutation Acknowledge($input: AcknowledgeNoticeInput!) {
    acknowledgeNotice(input: $input) {
      order {
        ...OrderParts
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

export const ExportOne = graphql(`
  mutation ExportOne($input: ExportOrderInput!) {
    exportOrder(input: $input) {
      order {
        ...OrderParts
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

export const RetryOne = graphql(`
  mutation RetryOne($input: RetryExportInput!) {
    retryExport(input: $input) {
      order {
        ...OrderParts
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

export const VoidOffline = graphql(`
  mutation VoidOffline($input: VoidOfflinePaymentInput!) {
    voidOfflinePayment(input: $input) {
      order {
        ...OrderParts
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

export const ChangeQuantity = graphql(`
  mutation ChangeQuantity($input: ChangeOrderLineQuantityInput!) {
    changeOrderLineQuantity(input: $input) {
      order {
        ...OrderParts
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
