// Package graph is the GraphQL API: the contract in the files *.graphqls, and its resolvers.
//
// Each topic has one file of resolvers. A resolver reads who is acting, checks the shape of the input and calls one function
// of a package below this one. It makes no network call: work that needs one is stored in the database, and the jobs are
// woken after the commit.
package graph

import (
	"context"
	"log/slog"
	"time"

	"possync/ent"
	"possync/graph/link"
	"possync/graph/sitedata"
	"possync/graph/stream"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/fairshare"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/settings"
	"possync/internal/tenant"
)

// Deps is what the API works with.
type Deps struct {
	Client   *ent.Client
	Settings *settings.Source // nil = settings are read from the database for each response
	Bus      *event.Bus
	Clock    clock.Clock
	Logger   *slog.Logger
	Streams  *stream.Hub              // feeds subscriptions: see NewStreams
	Deleting func(siteID string) bool // whether a site is being deleted; nil = none is
	Contacts *Contacts                // notes when the platform was last heard of: see NewContacts; nil = nobody does
	Shares   *fairshare.Shares        // what each site may use at a time; nil = not bounded

	Box           connection.Box   // seals what a connection must keep secret
	OAuth         link.Authorizer  // knows the address of Lightspeed's sign-in page
	NewVerifier   func() string    // makes a PKCE verifier
	PublicURL     string           // where clients reach the server, without a trailing slash; download links begin with it
	ReturnOrigins []string         // origins that connectLightspeed may send the browser back to, such as https://shop.example
	Writable      func() bool      // whether the database takes writes; nil = it does
	Pages         lightspeed.Pages // where people see records in Lightspeed

	HoldNewSites     bool          // new sites display and export nothing until goLive, unless registerSite says otherwise
	SendsEmail       bool          // whether alerts can go out by e-mail
	AlertsURL        string        // where people see the alerts
	CustomerDataKeep time.Duration // how long personal data of customers is kept, see [possync/internal/records/customerdata]; 0 = for good
}

// NewStreams returns what feeds the subscriptions of the API. Whoever makes it closes it, after the handler was shut down.
func NewStreams(d Deps) *stream.Hub {
	site := sitedata.Extension{Settings: d.Settings, Pages: d.Pages, Writable: d.Writable}
	return stream.NewHub(stream.Options{Bus: d.Bus, Clock: d.Clock, Logger: d.Logger, Acting: func(ctx context.Context, siteID string) context.Context {
		ctx = site.NewContext(ent.NewContext(tenant.WithSite(ctx, siteID), d.Client))
		if d.Shares != nil {
			ctx = d.Shares.NewContext(ctx)
		}
		return ctx
	}})
}
