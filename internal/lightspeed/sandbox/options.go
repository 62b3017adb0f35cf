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

// Options describe a Server. A zero field means the default beside it. Options are read once, when the Server is first used.
type Options struct {
	// Items, Shops, RegistersPerShop and Seed describe the only account if Accounts is empty. Equal values always make equal
	// catalogues.
	Items            int    // DefaultItems; a negative number means none
	Shops            int    // DefaultShops
	RegistersPerShop int    // DefaultRegisters
	Seed             uint64 // any number, 0 included

	// Accounts replace the single account above. The first one is the default of all methods and control endpoints.
	Accounts []AccountOptions

	// Clients are the registered API clients. Empty: one client, DefaultClientID with DefaultClientSecret, whose requests may
	// name any https or loopback address as redirect_uri.
	Clients []ClientOptions

	// BaseURL is the address at which clients reach the Server, without a trailing slash. The links to the next and previous
	// pages begin with it. Empty: as in the Host header of each request.
	BaseURL string

	// Clock is the time of stamps, tokens, buckets and latency. Nil: the machine's clock.
	Clock clock.Clock

	// TokenTTL is how long an access token lives. Zero: DefaultTokenTTL.
	TokenTTL time.Duration

	// NoGzip never compresses answers.
	NoGzip bool

	// QuietArchive makes archiving stamp only the ItemShop rows whose stock changes, so that no poll for changes finds the
	// archiving of an item without stock.
	QuietArchive bool

	// MissingItemAs200 answers GET Item/{unknown id} with 200 without an Item instead of 404: both have been seen.
	MissingItemAs200 bool

	// RefuseClosedRegisters answers 400 to sales at a register that is not open. Whether Lightspeed does is not known.
	RefuseClosedRegisters bool

	// RefuseLatePayments answers 400 to a PUT with payments for a completed sale, instead of adding them.
	RefuseLatePayments bool

	// ReviveArchivedSales lets a PUT change or complete an archived sale, and so bring it back, instead of answering 400.
	ReviveArchivedSales bool

	// KeepFailedPayments keeps the payments of a sale that could not be completed, instead of dropping them from the open sale.
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
