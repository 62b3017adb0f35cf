package graphqlhttp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// cachedIntrospections is how many responses to introspection are kept. That of the whole schema takes about 500 kB.
	cachedIntrospections = 8
	// cachedIntrospectionBytes is the greatest length of such a response.
	cachedIntrospectionBytes = 2 << 20
)

// introspections answers a document that introspects the schema again from memory: the schema does not change while the program runs, and
// tools send the same document each time.
type introspections struct {
	cache *lru.Cache[[sha256.Size]byte, []byte]
}

func newIntrospections() introspections {
	cache, err := lru.New[[sha256.Size]byte, []byte](cachedIntrospections)
	if err != nil {
		panic("graphqlhttp: " + err.Error()) // only for a size below 1
	}
	return introspections{cache}
}

// ExtensionName implements [graphql.HandlerExtension].
func (introspections) ExtensionName() string { return "Introspections" }

// Validate implements [graphql.HandlerExtension].
func (introspections) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptRootField implements [graphql.RootFieldInterceptor].
func (c introspections) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx).Field
	if field.Name != "__schema" && field.Name != "__type" {
		return next(ctx)
	}
	key, ok := introspectionKey(graphql.GetOperationContext(ctx), field.Alias)
	if !ok {
		return next(ctx)
	}
	kept, ok := c.cache.Get(key)
	if !ok {
		var b bytes.Buffer
		next(ctx).MarshalGQL(&b)
		kept = b.Bytes()
		if len(kept) <= cachedIntrospectionBytes && ctx.Err() == nil {
			c.cache.Add(key, kept)
		}
	}
	return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(kept) }) // a client that has left needs no response
}

// introspectionKey returns what a response depends on: the document, the operation, the variables, and which of its fields it is.
func introspectionKey(op *graphql.OperationContext, alias string) ([sha256.Size]byte, bool) {
	text, err := json.Marshal([]any{op.RawQuery, op.OperationName, op.Variables, alias})
	return sha256.Sum256(text), err == nil
}
