// Package sandbox is a local Lightspeed Retail (R-Series): an http.Handler with Lightspeed's OAuth and V3 API. It keeps the
// records of its accounts in memory and limits requests as Lightspeed does.
//
// It is part of the product: demos and tests run against it, and any R-Series client can use it. Its zero value is ready for
// use:
//
//	srv := httptest.NewServer(&sandbox.Server{})
//
// It is not for production: its data ends with the process, and its sign-in page asks for no password.
//
// # Paths
//
// The vendor's: /auth/oauth/authorize, /auth/oauth/token, /auth/oauth/revoke, /auth/oauth/introspect,
// /.well-known/jwks, /API/V3/Account.json, /API/V3/Session.json, /API/V3/Account/{id}.json,
// /API/V3/Account/{id}/{Resource}.json, /API/V3/Account/{id}/{Resource}/{rid}.json,
// /API/V3/Account/{id}/Sale/{rid}/SaleLine.json and /API/V3/Account/{id}/Sale/{rid or ticket}/refund.json.
//
// At / a page for people shows Lightspeed's side: the shops, the last sales, and the stock that changed last.
// [SalePath] and [CustomerPath] are the pages of a sale and of a customer.
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
//	a sale completed, refunded or voided       stays  moves
//	a sale opened, changed or archived         stays  stays
//
// Sales reckon as the vendor's do: the tax of a line is not rounded, each of the two taxes of the sale is, half up; the
// shop's default tax category unless the sale names one, 0 for no tax at all, with rates of their own for single
// tax classes. A sale can only be completed when its payments are its total; cash above it is change. Else the answer
// is 400 OutOfBalanceError with saleID and balance, and the sale stays behind, open, with its lines. Only completion
// takes the units out of the shop's stock, below zero if need be; it stamps the lines too. What PUT Sale brings without an id - lines, payments -
// is added each time it comes. {"completed":true} for a completed sale does nothing. A completed sale can neither be
// archived nor change its lines; POST refund makes a sale of negative lines, no line beyond what it sold. Nothing
// checks that reference numbers, e-mail addresses or the names of payment types are unique.
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
//   - Payments of a sale that could not be completed are dropped (see Options.KeepFailedPayments); all else that came
//     with them is kept. A PUT adds payments to a completed sale too, whose balance is then no longer zero (see
//     Options.RefuseLatePayments). An archived sale cannot be changed or completed (see
//     Options.ReviveArchivedSales). Archiving it again does nothing.
//   - A register may be closed (see Options.RefuseClosedRegisters), and need not be of the sale's shop; the employee may
//     be limited to another one. Ids must exist. Archived or locked employees, archived registers, shops and payment
//     types are refused with 400 until the sale is completed, and payment types that demand a customer without one.
//   - In a tax-inclusive category a line's price contains its taxes: each is price x rate / (1 + both rates), not
//     rounded on the line (12 decimals), rounded half up on the sale. The total is the sum of the prices; calcSubtotal is
//     what the rounded taxes leave of it. An untaxed line costs its price. Half up is away from zero, so that a refund
//     mirrors its sale; a refund in parts rounds each part by itself.
//   - Open sales take the tax rates of the moment whenever they are written, completed ones keep theirs, and
//     lines that take others back have the rates of those. Miscellaneous
//     lines are taxed unless tax is false, at the rates of the category or of the taxClassID they name.
//   - unitPrice defaults to the item's Default price, unitQuantity to 0. Quantities are whole; amounts of payments are
//     whole cents, else 400. Any discountID but 0 is refused.
//   - A Customer inside a sale without customerID is made anew each time; beside a customerID it is passed over.
//     Customers need a first or last name or a company.
//   - Boxes and assemblies move their own stock, not that of their parts. Serialized items move none. componentQoh is what
//     boxes of the item hold, and for an assembly how many its parts would make; it moves no stamp of its own.
//   - A Category or a Manufacturer inside an item is made anew each time; beside categoryID or manufacturerID it is passed
//     over. Names of manufacturers and categories need not be unique. A category is the last child of its parent; those
//     behind it get other numbers and keep their stamps.
//   - attribute1 of an item is its colour and attribute2 its size, in the set that has just these.
//   - PaymentType.code is a word for the reserved types and empty for others; channel is empty.
//   - A percent sign in a query that begins no escape stands for itself.
//   - Purchase orders follow from the stock: one open order for each shop and vendor, one line for each backorder.
//   - Gift cards and credit accounts pay like any other type, without an account behind them.
//   - The wording for payments that are too little, and for refunds that are too much, is ours.
//   - Deleting a tax category that is a shop's default is refused. Writing PaymentType and TaxCategory needs admin,
//     Customer register, customers or admin, Sale register, a refund register_refund.
//   - The summary row of an item whose shop rows are missing exists all the same. Shops do not come or go, they are
//     archived; their stock rows remain.
//
// Not modelled: XML (406), V2, the old OAuth paths, HTTP Basic client authentication; ShipTo, SaleVoid, InventoryLog and
// the other resources (404); writing other resources than Item, ItemShop's reorder settings, Category, Manufacturer,
// Sale, its new lines, Customer, PaymentType and TaxCategory (405); deleting a Category (405); a single SaleLine by PUT or DELETE (404: change lines
// by PUT Sale); opening and closing registers through the API; price rules, discounts, tips, deposits and a ShipTo in a
// sale, which are passed over or zero; relations without data in the sandbox, which are accepted, cost their drips and
// are empty; layaways, special orders, transfers and lots, which are zero or follow from stock and cost;
// reasons to block a client; suspension. A new resource is one more entry in the schema (resource.go) with its own table.
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
//	                          manufacturerID, categoryID, itemType, taxed, discountable, publishToEcom, itemMatrixID,
//	                          size, color, components (of itemID and units)
//	archive, unarchive        itemID
//	add-item                  as edit, amount
//	add-manufacturer          name
//	add-category              name, id of the category above
//	add-matrix                name: its description
//	add-price-level           name
//	rename-price-level        id, name
//	archive-price-level       id, undo
//	archive-shop, rename-shop id, undo or name
//	archive-register          id, undo
//	open-register             id, undo (closes it)
//	lock-employee             id, undo
//	archive-employee          id, undo
//	refund-sale               saleID, paymentTypeID, lines (of saleLineID and units; default: all that is left)
//	edit-sale                 saleID, edit with any of customerID, employeeID, registerID, internalNote, printedNote,
//	                          referenceNumber, referenceNumberSource; whatever state the sale is in
//	complete-sale             saleID, paymentTypeID for what is left to pay
//	void-sale                 saleID: archives an open sale, voids and restocks a completed one
//	add-customer              customer with any of firstName, lastName, company, email, phone, city
//	archive-customer          id, undo
//	add-payment-type          name
//	rename-payment-type       id, name
//	archive-payment-type      id, undo
//	require-customer          id of the payment type, undo
//	add-tax-category          name, tax with rate1, rate2 (fractions) and inclusive
//	set-shop-tax              shopID, taxCategoryID (0: none)
//	set-tax-class             itemID, taxClassID
//	set-registers             registers (of the subscription: sizes the bucket)
//	revoke, expire-access     end all connections, or only their access tokens
//	spend                     drips, clientID: another program that spends the same bucket
//	credentials               login: a fresh token pair
//	clock                     seconds to advance; GET tells the time
//	traffic/start, /stop      rate: random changes a second
//	settle                    nothing: late requests take effect now, whatever their time; id tells how many
//	faults                    a [Fault]; GET lists, DELETE (of one: /faults/{id}) clears
//
// All take account, by default the first one. GET /sandbox/items/{id}, /sandbox/sales (?reference=), /sandbox/sales/{id}
// and /sandbox/truth tell the plain truth, as [Account.Sales] and [Account.SalesByReference] do without the items;
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
//	search_lag      lists do not hold what changed within the last delayMS: Sale, its lines and payments, Customer;
//	                by their id they are found
//	late            connection cut, and the effect follows after delayMS, at most a minute
//	moved_clock     the sandbox's clock jumps
//
// A late request has been let in - its token was good, its drips are charged, its path exists - when the connection is
// cut; what it does, or why it is refused, is decided when its time has come on the sandbox's clock. That is looked at
// before the next request of any kind is served, by [Server.Advance], and when Go code asks for the truth, so that the
// order of effects is that of their times. [Server.Settle] does not wait for the time, [Server.Close] drops what is left.
//
// A cut connection is a handler that panics with http.ErrAbortHandler, so faults of that kind need a real server, not an
// httptest.ResponseRecorder.
package sandbox
