package graphqlhttp

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Options say what is served, to whom, and within which limits.
type Options struct {
	// Schema is the schema to serve. Required.
	Schema graphql.ExecutableSchema

	// Authenticate returns a context with the caller of a bearer token, and the time when the token ends (zero = never). The token comes
	// from the Authorization header, or from "Authorization" or "authorization" in the payload of connection_init; empty = there is none.
	// After an error the request is rejected as UNAUTHENTICATED; its text is logged and never sent. The context must be derived from the
	// given one. Without Authenticate every request is rejected.
	Authenticate func(ctx context.Context, token string) (context.Context, time.Time, error)

	// Accepted reports whether the caller in a context made by Authenticate is still accepted. Streams ask at each ping and end otherwise.
	// nil = until the token ends.
	Accepted func(ctx context.Context) bool

	// Principal names the caller in a context made by Authenticate, so that streams can be counted for each caller. Without it they are
	// counted for each token.
	Principal func(ctx context.Context) string

	// Admission bounds what a caller uses at a time. nil = nothing is bounded.
	Admission Admission

	// ErrorPresenter gives an error of a resolver a message for the client, and a [Code] in extensions.code. An error without such a code
	// is logged, and sent as INTERNAL without its text.
	ErrorPresenter graphql.ErrorPresenterFunc

	// Recover turns a panic in a resolver into an error. The default logs the panic with its stack.
	Recover graphql.RecoverFunc

	// Extensions are gqlgen's hooks (operation, response, field interceptors and the like), the first outermost.
	Extensions []graphql.HandlerExtension

	// Limits are the limits of a request. Zero fields get the values of DefaultLimits.
	Limits Limits

	// Weights are what fields cost where the usual rule does not fit: by "Type.field", or by "field" for that of any type. See cost.go.
	Weights map[string]Weight

	// Values are the object types that cost nothing themselves, because they come with the object around them. Their fields cost as usual.
	Values []string

	// Counts are the fields of inputs that state how many objects a filter selects.
	Counts []string

	// AllowedOrigins are the origins ("https://shop.example") besides the server's own whose pages may open a WebSocket.
	AllowedOrigins []string

	// Hosts are the hosts ("possync.example", "127.0.0.1:8080") at which browsers reach the server. A page of one of them may open a
	// WebSocket. nil = any host: then a page whose own name leads to this server passes for one of the server's (DNS rebinding).
	Hosts []string

	// Observe, if set, is called when an operation has ended or was refused, over any transport, with the context of its caller.
	Observe func(context.Context, Operation)

	// Logger gets what the client must not see. Required.
	Logger *slog.Logger
}

// Admission bounds what a caller uses at a time. ctx is one made by Authenticate. Errors are given to the ErrorPresenter.
type Admission interface {
	// Request takes a place for a request, before its document and its variables are read. It may wait. Who got a place calls leave.
	Request(ctx context.Context) (leave func(), err error)
	// Response takes a place for a response that is ready to be sent, so that the request's can be freed; ok = there is one. It does not
	// wait. So a client that does not read its responses does not stop the others of its site, and can have a bounded number of them
	// in memory.
	Response(ctx context.Context) (leave func(), ok bool)
	// Subscription takes a place for a subscription that is about to run.
	Subscription(ctx context.Context) (leave func(), err error)
	// Rejected is told of a request that had a place and is not run.
	Rejected(ctx context.Context)
	// Spend takes the cost of an operation from the caller's budget, before it runs. What it returns is sent as
	// extensions.cost.throttle, also with an error; nil = nothing to say.
	Spend(ctx context.Context, cost int) (throttle any, err error)
}

// Limits are how much a request may ask for, and how long it may take.
type Limits struct {
	BodyBytes  int64 // of a request body, a query string or a WebSocket message
	DocBytes   int   // of a document
	Tokens     int   // lexical tokens of a document, comments included
	Fields     int   // fields and fragment spreads, every fragment expanded
	Depth      int   // fields within fields; introspection may go to introspectionDepth
	Aliases    int   // aliases, every fragment expanded
	Directives int   // directives, every fragment expanded
	RootFields int   // fields of the root type
	InputDepth int   // lists and objects within a variable or an argument
	Values     int   // values in all variables and extensions, lists and objects included
	ListItems  int   // elements of one list in a variable or an argument
	PageSize   int   // the largest first or last of a connection
	Cost       int   // see cost.go for how it is calculated

	Timeout time.Duration // of a query or a mutation, over any transport

	InitTimeout       time.Duration // from the opening of a WebSocket to its connection_init
	PingInterval      time.Duration // between pings of a WebSocket, and between comments of an event stream
	WriteTimeout      time.Duration // for one message to a slow client, which is then disconnected
	Streams           int           // WebSockets and event streams of one principal
	Arrivals          int           // WebSockets from one network address that have not signed in yet
	OperationsPerConn int           // running operations on one WebSocket
}

// DefaultLimits are the limits of a zero Limits.
func DefaultLimits() Limits {
	return Limits{
		BodyBytes:  128 << 10,
		DocBytes:   32 << 10,
		Tokens:     1500,
		Fields:     500,
		Depth:      12,
		Aliases:    30,
		Directives: 50,
		RootFields: 20,
		InputDepth: 16,
		Values:     10_000,
		ListItems:  250,
		PageSize:   100,
		Cost:       10_000,

		Timeout: 10 * time.Second,

		InitTimeout:       5 * time.Second,
		PingInterval:      20 * time.Second,
		WriteTimeout:      10 * time.Second,
		Streams:           50,
		Arrivals:          250,
		OperationsPerConn: 50,
	}
}

// orDefaults replaces zero fields by the defaults.
func (l Limits) orDefaults() Limits {
	d := DefaultLimits()
	fill(&l.BodyBytes, d.BodyBytes)
	fill(&l.DocBytes, d.DocBytes)
	fill(&l.Tokens, d.Tokens)
	fill(&l.Fields, d.Fields)
	fill(&l.Depth, d.Depth)
	fill(&l.Aliases, d.Aliases)
	fill(&l.Directives, d.Directives)
	fill(&l.RootFields, d.RootFields)
	fill(&l.InputDepth, d.InputDepth)
	fill(&l.Values, d.Values)
	fill(&l.ListItems, d.ListItems)
	fill(&l.PageSize, d.PageSize)
	fill(&l.Cost, d.Cost)
	fill(&l.Timeout, d.Timeout)
	fill(&l.InitTimeout, d.InitTimeout)
	fill(&l.PingInterval, d.PingInterval)
	fill(&l.WriteTimeout, d.WriteTimeout)
	fill(&l.Streams, d.Streams)
	fill(&l.Arrivals, d.Arrivals)
	fill(&l.OperationsPerConn, d.OperationsPerConn)
	return l
}

func fill[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}
