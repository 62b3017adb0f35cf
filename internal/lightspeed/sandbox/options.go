package sandbox

import (
	"time"

	"possync/internal/clock"
)

// Defaults of the zero [Options].
const (
	DefaultAccountID    = "123456"
	DefaultAccountName  = "Example Cycles"
	DefaultItems        = 250
	DefaultShops        = 3
	DefaultRegisters    = 1
	DefaultClientID     = "sandbox-client"
	DefaultClientSecret = "sandbox-secret"
	DefaultTokenTTL     = time.Hour
)

// Options is what a Server is made of. Every zero field stands for the default named beside it. Options are read
// once, at the first use of the Server.
type Options struct {
	// Items, Shops, RegistersPerShop and Seed describe the only account when Accounts is empty.
	// Equal values give equal catalogues, on every machine.
	Items            int    // DefaultItems; a negative number means none
	Shops            int    // DefaultShops
	RegistersPerShop int    // DefaultRegisters
	Seed             uint64 // any number, 0 included

	// Accounts replaces the single account above. The first one is the default of every method and control endpoint.
	Accounts []AccountOptions

	// Clients are the registered API clients. Empty: one client, DefaultClientID with DefaultClientSecret, that
	// may be sent back to any https or loopback address named by the redirect_uri parameter.
	Clients []ClientOptions

	// BaseURL is the address under which clients reach the Server, without a trailing slash; the next and previous
	// links of pages start with it. Empty: taken from each request's Host header.
	BaseURL string

	// Clock is the time base of stamps, tokens, buckets and latency. Nil: the machine's clock.
	Clock clock.Clock

	// TokenTTL is how long an access token lives. Zero: DefaultTokenTTL.
	TokenTTL time.Duration

	// NoGzip answers in plain bytes also to clients that accept gzip.
	NoGzip bool

	// QuietArchive makes archiving move the stamps of those ItemShop rows only whose stock it changed, so that the
	// archiving of an item without stock shows up in no incremental poll at all.
	QuietArchive bool

	// MissingItemAs200 answers GET Item/{unknown id} with 200 and no Item key instead of 404: both have been seen.
	MissingItemAs200 bool

	// RefuseClosedRegisters answers 400 to sales at a register that is not open. Whether the vendor does is not known.
	RefuseClosedRegisters bool

	// RefuseLatePayments answers 400 to a PUT that brings payments to a completed sale, instead of adding them to it.
	RefuseLatePayments bool

	// ReviveArchivedSales lets a PUT change an archived sale, complete it too, and so bring it back, instead of
	// answering 400.
	ReviveArchivedSales bool

	// KeepFailedPayments keeps the payments of a sale that could not be completed in the open sale that it leaves
	// behind, instead of dropping them.
	KeepFailedPayments bool
}

// AccountOptions describes one merchant. Zero fields have the defaults of [Options].
type AccountOptions struct {
	ID, Name         string
	Items            int
	Shops            int
	RegistersPerShop int
	Seed             uint64
}

// ClientOptions is one registered API client.
type ClientOptions struct {
	ID, Secret string
	// Public clients need no secret, and must use PKCE.
	Public bool
	// RedirectURIs are the registered ones: https, or http on a loopback host, without a fragment. The redirect_uri
	// parameter chooses among them, the first is the default. Empty: any such address is accepted.
	RedirectURIs []string
}

func (o Options) accounts() []AccountOptions {
	list := o.Accounts
	if len(list) == 0 {
		list = []AccountOptions{{Items: o.Items, Shops: o.Shops, RegistersPerShop: o.RegistersPerShop, Seed: o.Seed}}
	}
	out := make([]AccountOptions, len(list))
	for i, a := range list {
		if a.ID == "" {
			a.ID = DefaultAccountID
		}
		if a.Name == "" {
			a.Name = DefaultAccountName
		}
		switch {
		case a.Items == 0:
			a.Items = DefaultItems
		case a.Items < 0:
			a.Items = 0
		}
		if a.Shops <= 0 {
			a.Shops = DefaultShops
		}
		if a.RegistersPerShop <= 0 {
			a.RegistersPerShop = DefaultRegisters
		}
		out[i] = a
	}
	return out
}

func (o Options) clients() []ClientOptions {
	if len(o.Clients) > 0 {
		return o.Clients
	}
	return []ClientOptions{{ID: DefaultClientID, Secret: DefaultClientSecret}}
}
