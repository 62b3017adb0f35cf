package graph

import (
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"possync/graph/auditing"
	"possync/graph/catalogue"
	"possync/graph/download"
	"possync/graph/feed"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/graphqlhttp"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// maxBody is enough for an importProducts of 250 products whose texts all have their greatest length.
const maxBody = 1 << 20

// Limits that an order needs to be above graphqlhttp's: the lines of one order, and the values of 250 orders. Each field also
// has its own limit for its lists, mostly 250.
const (
	maxListItems = retail.MaxOrderLines
	maxValues    = 50_000
)

// authenticator turns a bearer token into a context made by tenant.NewContext, and returns when the token expires.
type authenticator = func(ctx context.Context, token string) (context.Context, time.Time, error)

// HTTPOptions are the options for serving the API over HTTP.
type HTTPOptions struct {
	// Authenticate checks the tokens.
	Authenticate authenticator

	// Accepted reports whether the user in a context of Authenticate is still accepted; nil = until the token ends.
	Accepted func(ctx context.Context) bool

	// AllowedOrigins are the origins besides the server's own whose pages may open a WebSocket.
	AllowedOrigins []string

	// Hosts are the hosts at which browsers reach the server, see [graphqlhttp.Options].
	Hosts []string

	// Observe, if set, is called when an operation has ended or was refused.
	Observe func(context.Context, graphqlhttp.Operation)

	// Limits bound the size of a request. Zero fields get the API's defaults.
	Limits graphqlhttp.Limits
}

// NewHandler serves the API over HTTP, server-sent events and WebSockets.
func NewHandler(d Deps, o HTTPOptions) *graphqlhttp.Handler {
	if o.Limits.BodyBytes == 0 {
		o.Limits.BodyBytes = maxBody
	}
	if o.Limits.ListItems == 0 {
		o.Limits.ListItems = maxListItems
	}
	if o.Limits.Values == 0 {
		o.Limits.Values = maxValues
	}
	return graphqlhttp.New(graphqlhttp.Options{
		Schema:         NewSchema(d),
		Authenticate:   sharing(d.Shares, keepingToken(o.Authenticate)),
		Admission:      admission{},
		Accepted:       o.Accepted,
		Principal:      principal,
		ErrorPresenter: PresentError(d.Logger),
		Extensions:     Extensions(d),
		Limits:         o.Limits,
		Weights:        weights,
		Values:         values,
		Counts:         counts,
		AllowedOrigins: o.AllowedOrigins,
		Hosts:          o.Hosts,
		Observe:        o.Observe,
		Logger:         d.Logger,
	})
}

// NewItemExport serves the items as CSV over HTTP: see [catalogue.ItemsFile]. It uses only the option Authenticate.
func NewItemExport(d Deps, o HTTPOptions) http.Handler {
	return downloads(d, o).Handler(catalogue.ItemsFile())
}

// NewFeedExport serves the website's feed as a stream over HTTP: see [feed.File]. It uses only the option Authenticate.
func NewFeedExport(d Deps, o HTTPOptions) http.Handler {
	return downloads(d, o).Handler(feed.File(d.Clock.Now))
}

// NewSchemaFile serves the schema in its own language over HTTP. It uses only the option Authenticate.
func NewSchemaFile(d Deps, o HTTPOptions) http.Handler {
	return downloads(d, o).Handler(schemaFile())
}

func downloads(d Deps, o HTTPOptions) *download.Server {
	return &download.Server{Client: d.Client, Logger: d.Logger, Box: d.Box, Now: d.Clock.Now, Authenticate: sharing(d.Shares, d.Contacts.authenticating(o.Authenticate))}
}

// keepingToken keeps the token of whoever signs in, for the links that they ask for.
func keepingToken(next authenticator) authenticator {
	if next == nil {
		return nil
	}
	return func(ctx context.Context, token string) (context.Context, time.Time, error) {
		ctx, end, err := next(ctx, token)
		if err != nil {
			return ctx, end, err
		}
		return download.WithToken(ctx, token), end, nil
	}
}

// NewSchema returns the API without a transport. The server must also use Extensions.
func NewSchema(d Deps) graphql.ExecutableSchema {
	config := Config{Resolvers: &Resolver{deps: d}, Directives: DirectiveRoot{Allow: allow}}
	return NewExecutableSchema(config)
}

// Extensions returns the extensions that run around each operation, the outermost first.
func Extensions(d Deps) []graphql.HandlerExtension {
	recorder := auditing.Extension{Clock: d.Clock}
	return []graphql.HandlerExtension{
		signedIn{},
		d.Contacts,
		deletions{deleting: d.Deleting},
		unitofwork.Extension{Store: d.Client, Bus: d.Bus, Recorder: recorder},
		&forms{},
		fieldHooks{},
		sitedata.Extension{Settings: d.Settings, Pages: d.Pages, Writable: d.Writable},
		recorder,
	}
}

// principal identifies the user, to limit their WebSockets.
func principal(ctx context.Context) string {
	p, _ := tenant.FromContext(ctx)
	return p.SiteID + "/" + p.UserID
}
