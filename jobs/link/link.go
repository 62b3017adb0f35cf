// Package link asks Lightspeed what a connection needs: tokens for a code, what the grant may do, new tokens in time, and their
// revocation. What is stored of it is the subject of package connection.
//
// Two rules of Lightspeed shape it (https://developers.lightspeedhq.com/retail/authentication/refresh-token/): each
// renewal issues a new pair of tokens, and the old refresh token dies with the first use of the new access token. So one
// caller at a time renews, across all processes, and stores the new pair before anyone uses it. A process that dies in
// between loses nothing: the next one renews with the pair that is stored.
//
// Nothing here calls Lightspeed inside a database transaction, and no token, code or state appears in an error, a log
// record or an [Outcome].
package link

import (
	"log/slog"
	"sync"
	"time"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/records/settings"
	"possync/internal/secret"
)

const (
	tokenMargin    = time.Minute      // an access token that ends sooner is renewed before it is handed out
	renewAhead     = 5 * time.Minute  // RenewDue renews what ends sooner
	renewalLease   = 30 * time.Second // how long one process may renew before another takes over
	renewalTimeout = 20 * time.Second // of the call to Lightspeed, well within the lease
	// renewalPause follows a failed renewal. With the three attempts that the OAuth client makes in each it keeps every
	// connection below Lightspeed's limit of five renewals a minute.
	renewalPause = 40 * time.Second
	renewalPoll  = 250 * time.Millisecond // between checks for a renewal by another process
	storeTimeout = 10 * time.Second       // for writing down what Lightspeed has answered, even to a caller who left
)

// Deps is what Links works with. All fields are needed.
type Deps struct {
	Client   *ent.Client
	Settings *settings.Source
	OAuth    *lightspeed.OAuth
	API      *lightspeed.Client
	Box      *secret.Box
	Bus      *event.Bus
	Clock    clock.Clock // replicas must agree on it, as on database.OffsetClock
	Logger   *slog.Logger
	Owner    string // names this process in leases, different from every other; at most 64 bytes
}

// Links keeps the grants of all sites. It is safe for concurrent use.
type Links struct {
	client   *ent.Client
	settings *settings.Source
	oauth    *lightspeed.OAuth
	api      *lightspeed.Client
	box      *secret.Box
	bus      *event.Bus
	clock    clock.Clock
	log      *slog.Logger
	owner    string

	renewals callGroup
	alerted  sync.Map // what unreadable has alerted to: connection ids and errors
}

// New returns Links. They start nothing on their own: the scheduler calls RenewDue, RetryRefused and RevokeDue.
func New(d Deps) *Links {
	return &Links{
		client: d.Client, settings: d.Settings, oauth: d.OAuth, api: d.API, box: d.Box, bus: d.Bus, clock: d.Clock, log: d.Logger, owner: d.Owner,
	}
}
