// Package sandbox is a local Lightspeed Retail (R-Series): an http.Handler that speaks the vendor's OAuth and V3 API,
// keeps a merchant's records in memory and limits requests as the vendor does.
//
// It is part of the product: demos and tests run against it, and any client of R-Series can be pointed at it. Its zero
// value is ready for use:
//
//	srv := httptest.NewServer(&sandbox.Server{})
//
// It is not for production: its data ends with the process, and its sign-in page asks for no password.
//
// # Paths
//
// The vendor's: /auth/oauth/authorize, /auth/oauth/token, /auth/oauth/revoke, /auth/oauth/introspect,
// /.well-known/jwks, /API/V3/Account.json, /API/V3/Session.json, /API/V3/Account/{id}.json,
// /API/V3/Account/{id}/{Resource}.json and /API/V3/Account/{id}/{Resource}/{rid}.json.
//
// Signing in without a browser: POST the parameters of the authorization request as a form to /auth/oauth/authorize,
// with user (admin, manager or clerk, for another account accountID/admin) and decision (allow or deny). The answer
// redirects to the client with code and state, or with error.
//
// # Fidelity
//
// What is known of the vendor is reproduced: rotating refresh tokens (the old one is revoked when the new access token
// is first used; at most 5 refreshes a minute and connection; 30 days idle), 60-second codes of one use, PKCE, error
// bodies, scopes and rights; every scalar a string, a list of one as an object, an empty list absent, unset dates
// absent, escaped slashes; cursors with whole URLs, the documented sort fields, filter operators, relations, archived
// records; costs, bucket, drip and burst windows of 2026-03 with all headers; independent time stamps:
//
//	change                                     Item   ItemShop (shop and summary)
//	edit, re-price, unarchive                  moves  stays
//	sell, receive, order, count, reorder       stays  moves
//	archive                                    stays  moves, stock zero
//	a price level added, renamed or archived   stays  stays
//
// # Gaps
//
// Where the vendor's behaviour is unknown, the sandbox decides as follows:
//
//   - Unknown filter or sort fields, values of the wrong type, the parameters that V3 removed (offset, orderby,
//     orderby_desc) and parameters given twice are answered 400. Several filters are all required (AND). Text is compared
//     without regard to case, sorted by bytes.
//   - A filter on a relation keeps the record with all rows of the relation. limit=0 gives no rows and no links.
//   - Descending order reverses the ties too. A cursor holds the sort key and, where that is not unique, the id.
//   - A missing record is 404 for every resource (see Options.MissingItemAs200); another account is 403.
//   - Archiving stamps all ItemShop rows of the item (see Options.QuietArchive). What is on order stays on order.
//   - All active price levels appear among an item's Prices, unset ones with 0; archived levels do not. Levels that a PUT
//     does not name keep their price. Adding, renaming or archiving a level stamps no item.
//   - Stock cannot be set below zero by PUT. Unknown and read-only keys of a body are passed over.
//   - The old access token dies with the refresh, only the old refresh token has a grace; the pair that is used first
//     ends its siblings. More than 5 refreshes a minute are answered 429. A replayed code is refused but revokes nothing.
//     A wrong secret blocks nobody. A denied consent redirects with error=access_denied.
//   - A redirect URI must be https as at the vendor's, except that http is accepted on loopback hosts; a client without a
//     registered one may name any such address. redirect_uri chooses among the registered ones.
//   - A caller's rights are those that both his role and the granted scope hold; Session names no others.
//     PriceLevel needs the right admin; writing Item needs product_edit or admin.
//   - The burst limit is 20/90 of the bucket's size. Retry-After of the bucket is the first whole second at which the
//     level is below the size. A refused request counts for the burst window and adds nothing to the bucket.
//   - Each relation costs once, parents that a dotted name implies included. Every object in a body that is not a mere
//     wrapper costs 0.5. Requests that are refused with 400, 403, 404 or 405 cost as if they had been served.
//   - The summary row of an item whose shop rows are missing exists all the same. Shops do not come or go, they are
//     archived; their stock rows remain.
//
// Not modelled: XML (406), V2, the old OAuth paths, HTTP Basic client authentication; Sale, SaleLine, SalePayment,
// Customer, Vendor, Order, ItemMatrix, tax, InventoryLog and the other resources (404); writing anything but Item, and
// ItemShop's reorder settings (405); opening and closing registers; relations without data in the sandbox, which are
// accepted, cost their drips and are empty; layaways, special orders, transfers, components and lots, which are zero or
// follow from stock and cost; reasons to block a client; suspension. A new resource is one more entry in the schema
// (resource.go) with its own table; the costs of Sale are already there.
//
// # State changes
//
// The methods of [Account], and POST requests with a JSON object to /sandbox/, which need no token and meet no fault:
//
//	sell, receive, order      itemID, shopID, units
//	count                     itemID, shopID, qoh
//	reorder                   itemID, shopID, reorderPoint, reorderLevel
//	reprice                   itemID, priceLevelID (default 1), amount
//	edit                      itemID and any of description, upc, ean, customSku, manufacturerSku, defaultCost,
//	                          manufacturerID, categoryID
//	archive, unarchive        itemID
//	add-item                  as edit, amount
//	add-price-level           name
//	rename-price-level        id, name
//	archive-price-level       id, undo
//	archive-shop, rename-shop id, undo or name
//	archive-register          id, undo
//	lock-employee             id, undo
//	set-registers             registers (of the subscription: sizes the bucket)
//	revoke, expire-access     end all connections, or only their access tokens
//	spend                     drips, clientID: another program that spends the same bucket
//	credentials               login: a fresh token pair
//	clock                     seconds to advance; GET tells the time
//	traffic/start, /stop      rate: random changes a second
//	faults                    a [Fault]; GET lists, DELETE (of one: /faults/{id}) clears
//
// All take account, by default the first one. GET /sandbox/items/{id} and /sandbox/truth tell the plain truth,
// GET /sandbox/stats the counters (DELETE resets them).
//
// # Faults
//
// Each is a [Fault], added by [Server.AddFault] or POST /sandbox/faults, or returned by [Server.FaultFor]; it hits
// requests by method and path, by number, by count or by chance:
//
//	latency         waits before the effect
//	error_before    an error status, no effect
//	error_after     an error status after the effect
//	cut_before      connection cut, no effect
//	cut_after       connection cut after the effect
//	truncate        half of the announced body, then the connection is cut
//	malformed       half of the body, well framed
//	missing_field   a field or relation left out of records
//	wrong_type      bare numbers and booleans instead of strings
//	throttle        429 of either limiter
//	revoked_token   the request's access token, or its whole connection, is revoked
//	moved_clock     the sandbox's clock jumps
//
// A cut connection is a handler that panics with http.ErrAbortHandler, so faults of that kind need a real server, not an
// httptest.ResponseRecorder.
package sandbox
