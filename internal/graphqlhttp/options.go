package graphqlhttp

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Options say what is served, to whom, and within which bounds.
type Options struct {
	// Schema is what is served. Required.
	Schema graphql.ExecutableSchema

	// Authenticate turns a bearer token into a context that carries the caller, and the moment the token ends (zero: never). The token
	// is taken from the Authorization header, or from "Authorization" (or "authorization") in the payload of connection_init; it is
	// empty when there is none. An error refuses the request as UNAUTHENTICATED: its text is logged and never sent. The context must be
	// derived from the one given. Without Authenticate every request is refused.
	Authenticate func(ctx context.Context, token string) (context.Context, time.Time, error)

	// Principal names the caller in a context made by Authenticate, so that streams can be counted for each caller. Without it they are
	// counted for each token.
	Principal func(ctx context.Context) string

	// ErrorPresenter makes an error of a resolver presentable: a message for the client and a code of the closed set in
	// extensions.code. An error it leaves without such a code is logged and answered as INTERNAL without its text.
	ErrorPresenter graphql.ErrorPresenterFunc

	// Recover turns a panic in a resolver into an error. The default logs the panic with its stack.
	Recover graphql.RecoverFunc

	// Extensions are gqlgen's hooks (operation, response, field interceptors and the like), the first outermost.
	Extensions []graphql.HandlerExtension

	// Limits bound what a request may ask for. Zero fields take the defaults of DefaultLimits.
	Limits Limits

	// AllowedOrigins are the origins ("https://shop.example") besides the server's own whose pages may open a WebSocket.
	AllowedOrigins []string

	// Logger takes what the client must not see. Required.
	Logger *slog.Logger
}

// Limits bound what a request may ask for and how long it may take.
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
	Cost       int   // see cost.go for how a document is priced

	Timeout time.Duration // of a query or a mutation, over any transport

	InitTimeout       time.Duration // from the opening of a WebSocket to its connection_init
	PingInterval      time.Duration // between pings of a WebSocket, and between comments of an event stream
	WriteTimeout      time.Duration // for one message to a slow client, which is then disconnected
	Streams           int           // WebSockets and event streams of one principal
	OperationsPerConn int           // operations under way on one WebSocket
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
		RootFields: 10,
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
		OperationsPerConn: 50,
	}
}

// orDefaults fills what was left zero.
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
	fill(&l.OperationsPerConn, d.OperationsPerConn)
	return l
}

func fill[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}
