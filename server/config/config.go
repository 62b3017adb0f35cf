// Package config reads the settings of the server from flags and the environment, and reports everything that is wrong with
// them.
package config

import (
	"crypto"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"possync/internal/secret"
)

// Config is what a server runs with: every setting, read and checked.
type Config struct {
	Listen        string // host:port of the HTTP server
	MetricsListen string // host:port of the server of metrics; empty = there is none

	PublicURL *url.URL       // where browsers reach it, without a trailing slash
	Proxies   []netip.Prefix // networks of the proxies in front, whose X-Forwarded-For is believed

	Database      Database
	Lightspeed    Lightspeed
	SealKeys      secret.Keys // seal Lightspeed's tokens at rest
	Auth          Auth
	Origins       []string // origins whose pages may open a WebSocket, besides the server's own
	PagesOrigins  []string // origins that may show the Site Manager pages in a frame and hand them a token
	PagesToken    string   // where these pages get a token by themselves: a path or a URL; empty = nowhere
	ReturnOrigins []string // origins that connectLightspeed may send the browser back to

	LogLevel      slog.Level
	LogFormat     string        // "json" or "text"
	Workers       int           // sites that are worked on at a time, and export queues
	AuditKeep     time.Duration // of entries of the audit log; 0 = for good
	ShutdownGrace time.Duration

	Site Site // what each site may use

	// HoldNewSites holds new sites back until a manager goes live, unless the platform says otherwise.
	HoldNewSites bool

	CustomerDataKeep time.Duration // of personal data of customers, from when their orders were placed; 0 = for good

	// PlatformSilentAfter is how long a platform may be silent before that is an alert; 0 = for ever.
	PlatformSilentAfter time.Duration

	SMTP *SMTP // sends alerts by e-mail; nil = none are sent
}

// Database is how to reach the database.
type Database struct {
	URL        Secret
	MaxConns   int // of the pool; 0 = the default of the database
	Statements int // that each connection keeps prepared; 0 = none
}

// Site is what each site may use of one process at a time. Zero = not bounded.
type Site struct {
	Requests      int // that run; others wait
	Subscriptions int
	Downloads     int
	CostPerSecond int // that a site's budget gains
}

// DefaultSite is what the settings are by default.
func DefaultSite() Site {
	return Site{Requests: 4, Subscriptions: 200, Downloads: 2, CostPerSecond: 5000}
}

// Lightspeed is how to reach Lightspeed, and as which client.
type Lightspeed struct {
	ClientID     string
	ClientSecret Secret
	OAuthURL     string
	APIURL       string
	ItemPage     string // where people see an item: {id} is its number, {account} the account's
	SalePage     string // the same of a sale
	CustomerPage string // the same of a customer
}

// Auth says which tokens are accepted. Either JWKSURL or PublicKey is set.
type Auth struct {
	JWKSURL   string
	PublicKey crypto.PublicKey
	Issuer    string
	Audience  string
	// LongestToken is how long a token may live, from its iat to its exp.
	LongestToken time.Duration
}

// Secret is a value that is never shown: when printed, logged or encoded, it is "[secret]".
type Secret string

const redacted = "[secret]"

// String hides the value.
func (Secret) String() string { return redacted }

// GoString hides the value from %#v.
func (Secret) GoString() string { return redacted }

// LogValue implements [slog.LogValuer].
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText hides the value from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Reveal returns the value itself.
func (s Secret) Reveal() string { return string(s) }

// Problem is one setting that is missing or wrong. Its text never repeats the value of a secret.
type Problem struct {
	Setting string // the environment variable
	What    string
}

// Problems is everything that is wrong, in the order of the settings. As an error it is never empty.
type Problems []Problem

// Error lists the problems, one on each line.
func (p Problems) Error() string {
	var b strings.Builder
	b.WriteString("these settings are missing or wrong:")
	for _, problem := range p {
		b.WriteString("\n  " + problem.Setting + ": " + problem.What)
	}
	return b.String()
}
