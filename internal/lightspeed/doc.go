// Package lightspeed is a client of the Lightspeed Retail (R-Series) REST API, V3, and of its OAuth server. It uses Lightspeed's
// own names.
//
// A [Client] is shared by all accounts. [Client.Account] binds it to one account
// and the tokens for it; reference data are read whole, large resources page by
// page through a [Pager] whose cursors can be stored and resumed.
//
// Every request passes the pacer of its account (see [Pacers]): the vendor
// meters each account with a leaky bucket and a burst limit, reports both in
// response headers and answers 429 beyond them. The pacer learns the limits
// from the headers, waits before sending rather than being refused, and lets
// requests of [Account.Urgent] pass before the others.
//
// A request that does twice what it is told twice - [Account.CreateSale], CreateCustomer, CreatePaymentType,
// CompleteSaleWithPayments - is sent again only after the vendor refused it (429, or once 401) or before it left. When
// its outcome is not known, the error is [ErrUnclear]: look for the record before trying again. What does once what it
// is told twice, [Account.CompleteSale] and [Account.ArchiveSale], is repeated like a read.
//
// Errors are told apart with errors.Is and the Err… values of this package;
// [APIError] and [OAuthError] carry the vendor's own words. No error and no log
// record contains a token, a client secret or the query of a URL.
//
// Vendor behaviour stated in comments comes from
// https://developers.lightspeedhq.com/retail/ unless said otherwise.
package lightspeed
