// Package sandbox is a local Lightspeed Retail (R-Series): an http.Handler with Lightspeed's OAuth and V3 API. It keeps the
// records of its accounts in memory and limits requests as Lightspeed does.
//
// It is part of the product: demos and tests run against it, and any R-Series client can use it. Its zero value is ready for
// use:
//
//	srv := httptest.NewServer(&sandbox.Server{})
//
// It is not for production: its data end with the process, and its sign-in page asks for no password.
//
// # Paths
//
// Lightspeed's: /auth/oauth/authorize, /auth/oauth/token, /auth/oauth/revoke, /auth/oauth/introspect,
// /.well-known/jwks, /API/V3/Account.json, /API/V3/Session.json, /API/V3/Account/{id}.json,
// /API/V3/Account/{id}/{Resource}.json, /API/V3/Account/{id}/{Resource}/{rid}.json,
// /API/V3/Account/{id}/Sale/{rid}/SaleLine.json and /API/V3/Account/{id}/Sale/{rid or ticket}/refund.json.
//
// The page at / shows the shops, the last sales, and the stock that changed last. [SalePath] and [CustomerPath] are the pages of
// a sale and of a customer.
//
// To sign in without a browser, POST the parameters of the authorization request as a form to /auth/oauth/authorize, with user
// (admin, manager or clerk; of another account accountID/admin) and decision (allow or deny). The answer redirects to the client
// with code and state, or with error.
//
// # What is like Lightspeed
//
// OAuth: refresh tokens rotate. The old one is revoked when the new access token is first used. A connection may refresh 5 times
// a minute, and ends after 30 idle days. Codes are good once, for 60 seconds, with PKCE. Error bodies, scopes and rights are the
// same.
//
// JSON: every scalar is a string, a list of one is an object, an empty list is absent, unset dates are absent, slashes are
// escaped. Cursors come with whole URLs. The documented sort fields, filter operators, relations and archived records work.
//
// Limits: the costs, bucket, drip and burst windows are those of 2026-03, with all headers.
//
// Time stamps move independently:
//
//	change                                     Item   ItemShop (shop and summary)
//	edit, re-price, unarchive                  moves  stays
//	sell, receive, order, count, reorder       stays  moves
//	archive                                    stays  moves, stock zero
//	a price level added, renamed or archived   stays  stays
//	a sale completed, refunded or voided       stays  moves
//	a sale opened, changed or archived         stays  stays
//
// Sales: the tax of a line is not rounded; each of the two taxes of the sale is, half up. A sale has the shop's default tax
// category unless it names one; 0 means no tax. Single tax classes may have rates of their own. A sale can be completed only if
// its payments are its total; cash above it is change. Otherwise the answer is 400 OutOfBalanceError with saleID and balance, and
// the sale stays open, with its lines. Only completion takes the units out of the shop's stock, below zero if necessary; it stamps
// the lines too. Lines and payments of a PUT Sale without an id are added each time. {"completed":true} for a completed sale does
// nothing. A completed sale can neither be archived nor change its lines. POST refund makes a sale of negative lines, of no more
// units than a line sold. Reference numbers, e-mail addresses and names of payment types need not be unique.
//
// # What is not known
//
// Where Lightspeed's behaviour is not known, the sandbox does this:
//
//   - Unknown filter or sort fields, values of the wrong type, the parameters that V3 removed (offset, orderby,
//     orderby_desc) and parameters given twice are answered with 400. Several filters must all be met. Text is compared
//     without regard to case, and sorted by bytes. A percent sign that begins no escape stands for itself.
//   - A filter on a relation keeps the record with all rows of the relation. limit=0 gives no rows and no links.
//   - Descending order reverses the ties too. A cursor holds the sort key and, if that is not unique, the id.
//   - A missing record is 404 for every resource (see Options.MissingItemAs200); another account is 403.
//   - Archiving stamps all ItemShop rows of the item (see Options.QuietArchive). What is on order stays on order.
//   - All active price levels are among an item's Prices, unset ones with 0; archived levels are not. Levels that a PUT
//     does not name keep their price. Adding, renaming or archiving a level stamps no item.
//   - Stock cannot be set below zero by PUT. Unknown and read-only keys of a body are ignored.
//   - The old access token ends with the refresh; only the old refresh token works a while longer. The pair that is used first
//     ends the others. More than 5 refreshes a minute are answered with 429. A code that is used twice is refused but revokes
//     nothing. A wrong secret blocks nobody. If the user denies, the browser is sent back with error=access_denied.
//   - A redirect URI must be https, or http on a loopback host. A client without a registered one may name any such address.
//     redirect_uri chooses among the registered ones.
//   - A caller has the rights that both his role and the granted scope have; Session names no others. PriceLevel needs the
//     right admin; writing Item needs product_edit or admin.
//   - The burst limit is 20/90 of the bucket's size. Retry-After of the bucket is the first whole second at which the
//     level is below the size. A refused request counts for the burst window and adds nothing to the bucket.
//   - Each relation costs once, and so do those that a dotted name implies. Every object in a body that is not a mere
//     wrapper costs 0.5. Requests that are refused with 400, 403, 404 or 405 cost as much as others.
//   - Payments of a sale that could not be completed are dropped (see Options.KeepFailedPayments); everything else of the
//     request is kept. A PUT adds payments to a completed sale too, whose balance is then not zero (see
//     Options.RefuseLatePayments). An archived sale cannot be changed or completed (see Options.ReviveArchivedSales).
//     Archiving it again does nothing.
//   - A register may be closed (see Options.RefuseClosedRegisters), and need not be of the sale's shop; the employee may
//     be limited to another one. Ids must exist. Archived or locked employees, archived registers, shops and payment
//     types are refused with 400 until the sale is completed, and so are payment types that need a customer without one.
//   - If prices contain the tax, each tax is price x rate / (1 + both rates), not rounded on the line (12 decimals), and
//     rounded half up on the sale. The total is the sum of the prices; calcSubtotal is the total without the rounded
//     taxes. An untaxed line costs its price. Half up is away from zero, so that a refund mirrors its sale; a refund in
//     parts rounds each part by itself.
//   - Open sales have the tax rates of the moment they are written, completed ones keep theirs, and refunds have the rates
//     of the lines that they take back. Miscellaneous lines are taxed unless tax is false, at the rates of the category or
//     of their taxClassID.
//   - unitPrice defaults to the item's Default price, unitQuantity to 0. Quantities are whole; amounts of payments are
//     whole cents, or the answer is 400. Any discountID but 0 is refused.
//   - A Customer inside a sale without customerID is made each time; with a customerID it is ignored. Customers need a first or
//     last name or a company.
//   - A Category or a Manufacturer inside an item is made each time; with a categoryID or manufacturerID it is ignored. Names
//     of manufacturers and categories need not be unique. A new category is the last child of its parent; the categories
//     behind it get other numbers and keep their stamps.
//   - Boxes and assemblies move their own stock, not that of their components. Serialized items move none. componentQoh is what
//     boxes of the item hold, and for an assembly how many its components would make; it moves no stamp.
//   - attribute1 of an item is its colour and attribute2 its size.
//   - PaymentType.code is a word for the reserved types and empty for others; channel is empty.
//   - Purchase orders follow from the stock: there is an open order for each shop and vendor, with a line for each backorder.
//   - Gift cards and credit accounts pay like any other type, without an account.
//   - The words for payments that are too low, and for refunds that are too high, are ours.
//   - A tax category that is a shop's default cannot be deleted. Writing PaymentType and TaxCategory needs admin, Category
//     categories or admin, Manufacturer manufacturers or admin, Customer register, customers or admin, Sale register, a
//     refund register_refund.
//   - An item whose shop rows are missing has a summary row all the same. Shops are archived, never deleted; their stock
//     rows remain.
//
// Not included: XML (406), V2, the old OAuth paths, HTTP Basic client authentication; ShipTo, SaleVoid, InventoryLog and
// the other resources (404); writing other resources than Item, ItemShop's reorder settings, Category, Manufacturer,
// Sale, its new lines, Customer, PaymentType and TaxCategory (405); deleting a Category (405); a single SaleLine by PUT or DELETE
// (404: change lines by PUT Sale); opening and closing registers through the API; price rules, discounts, tips, deposits and a
// ShipTo in a sale, which are ignored or zero; relations without data in the sandbox, which are accepted, cost drips and are
// empty; layaways, special orders, transfers and lots, which are zero or follow from stock and cost; blocking and suspending
// clients. A new resource is one more entry in the schema (resource.go) with its own table.
//
// # State changes
//
// By the methods of [Account], and by POST requests with a JSON object to /sandbox/, which need no token and meet no fault:
//
//	sell, receive, order      itemID, shopID, units
//	count                     itemID, shopID, qoh
//	reorder                   itemID, shopID, reorderPoint, reorderLevel
//	reprice                   itemID, priceLevelID (default 1), amount
//	edit                      itemID and any of description, upc, ean, customSku, manufacturerSku, defaultCost,
//	                          manufacturerID, categoryID, itemType, taxed, discountable, publishToEcom, itemMatrixID,
//	                          size, color, components (of itemID and units), quiet (the stamp stays)
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
//	clock                     seconds to advance; GET returns the time
//	traffic/start, /stop      rate: random changes a second
//	settle                    nothing: late requests take effect now; id is how many
//	faults                    a [Fault]; GET lists, DELETE (of one: /faults/{id}) clears
//
// All have the field account, by default the first one. GET /sandbox/items/{id}, /sandbox/sales (?reference=), /sandbox/sales/{id}
// and /sandbox/truth return the true state, as [Account.Item], [Account.Sales] and [Account.Truth] do; GET /sandbox/stats returns
// the counters, which DELETE resets.
//
// # Faults
//
// Each is a [Fault], added by [Server.AddFault] or POST /sandbox/faults, or returned by Server.FaultFor. It is for requests of a
// method and path, by number, by count or by chance:
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
// When the connection of a late request is cut, its token was good, its drips are charged and its path exists. It is executed, or
// refused, when its time has come on the sandbox's clock: before the next request of any kind, by [Server.Advance], and when Go
// code reads the true state. So requests take effect in the order of their times. [Server.Settle] does not wait for their times;
// [Server.Close] drops them.
//
// To cut a connection the handler panics with http.ErrAbortHandler, so such faults need a real server, not an
// httptest.ResponseRecorder.
package sandbox
