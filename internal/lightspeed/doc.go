// Package lightspeed is a client of the Lightspeed Retail (R-Series) REST API, V3, and of its OAuth server. It uses
// Lightspeed's own names.
//
// All accounts share one [Client]. [Client.Account] binds it to an account and its tokens. Short lists are read whole; items,
// stock and sales are read page by page through a [Pager], whose cursors can be stored.
//
// Every request waits for its turn at the pacer of its account (see [Pacers]). Lightspeed limits each account by a leaky
// bucket and by a number of requests a second, reports both in the headers of its answers, and refuses what is above them with
// 429. The pacer learns the limits from the headers and waits before it sends, so that nothing is refused. Requests of
// [Account.Urgent] go first.
//
// Some requests must not be sent twice: [Account.CreateSale], CreateCustomer, CreatePaymentType and
// CompleteSaleWithPayments. They are sent again only if Lightspeed refused them (429, or once 401) or if they never left. If
// it is not known whether one took effect, the error is [ErrUnclear]: look for the record before you try again.
// [Account.CompleteSale] and [Account.ArchiveSale] do no harm a second time, so they are repeated like reads.
//
// Errors are distinguished by errors.Is and this package's Err… values. [APIError] and [OAuthError] carry Lightspeed's own
// words. No error and no log record contains a token, a client secret or the query of a URL.
//
// What comments say of Lightspeed comes from https://developers.lightspeedhq.com/retail/ unless they name another source.
package lightspeed
