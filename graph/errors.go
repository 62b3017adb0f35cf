package graph

import (
	"context"
	"errors"
	"log/slog"
	"math"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/database/tenantcheck"
	"possync/internal/fault"
	"possync/internal/graphqlhttp"
	"possync/internal/records/tenancy"
)

// PresentError returns the presenter of the API's errors. A client sees a safe message and a code of the closed set. Internal
// errors are logged, once, and their text is not sent.
func PresentError(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		presented := graphql.DefaultErrorPresenter(ctx, err)
		kind, message := classify(ctx, err, presented)
		logged := presented.Extensions["code"] == fault.Internal.Code() // a panic, logged with its stack where it was caught
		if kind == fault.Internal && !logged && ctx.Err() == nil {
			attrs := []slog.Attr{slog.String("requestId", graphqlhttp.RequestID(ctx)), slog.String("path", presented.Path.String()), slog.Any("error", err)}
			if errors.Is(err, tenantcheck.ErrRefused) || errors.Is(err, tenancy.ErrNoScope) {
				attrs = append(attrs, fault.Security("tenancy"))
			}
			log.LogAttrs(ctx, slog.LevelError, "the API failed", attrs...)
		}
		extensions := map[string]any{"code": kind.Code()}
		if after := fault.RetryAfter(err); after > 0 {
			extensions["retryAfter"] = int(math.Ceil(after.Seconds()))
		}
		return &gqlerror.Error{Message: message, Path: presented.Path, Locations: presented.Locations, Extensions: extensions}
	}
}

func classify(ctx context.Context, err error, presented *gqlerror.Error) (fault.Kind, string) {
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return known.Kind, fault.Message(err)
	case errors.Is(err, context.DeadlineExceeded):
		return fault.Timeout, fault.Message(err)
	case ent.IsNotFound(err):
		return fault.NotFound, fault.Message(fault.New(fault.NotFound, ""))
	case database.IsTimeout(err):
		return fault.Timeout, fault.Message(fault.New(fault.Timeout, ""))
	case database.IsRetryable(err), database.IsLockTimeout(err):
		return fault.Throttled, fault.Message(fault.New(fault.Throttled, ""))
	case isArgumentError(ctx):
		return fault.BadInput, argumentMessage(graphql.GetFieldContext(ctx).Field.Definition, presented)
	}
	return fault.Internal, fault.Message(fault.New(fault.Internal, ""))
}

// argumentMessage says what is wrong with an argument. The API's own scalars say it in plain words. A cursor is decoded by a
// library, whose words mean nothing to a client.
func argumentMessage(field *ast.FieldDefinition, presented *gqlerror.Error) string {
	if n := len(presented.Path); n > 0 {
		name, _ := presented.Path[n-1].(ast.PathName)
		if a := field.Arguments.ForName(string(name)); a != nil && a.Type.Name() == "Cursor" {
			return "This is not a valid cursor. Send a cursor back exactly as you received it."
		}
	}
	return presented.Message
}

// isArgumentError reports whether the field failed before its resolver ran: gqlgen sets a field's arguments once all of them
// are read.
func isArgumentError(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && fc.Args == nil && fc.Field.Field != nil && fc.Field.Definition != nil && len(fc.Field.Definition.Arguments) > 0
}

// refusal is the response of an operation that does not run. The handler passes its error to the presenter.
func refusal(err error) *graphql.Response {
	return &graphql.Response{Data: []byte("null"), Errors: gqlerror.List{gqlerror.Wrap(err)}}
}
