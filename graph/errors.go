package graph

import (
	"context"
	"errors"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/fault"
	"possync/internal/graphqlhttp"
)

// PresentError returns the presenter of the API's errors: what is safe to say of them, and a code of the closed set. What
// is nobody's fault but ours is logged, once, and answered without its text.
func PresentError(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		presented := graphql.DefaultErrorPresenter(ctx, err)
		kind, message := classify(ctx, err, presented)
		told := presented.Extensions["code"] == fault.Internal.Code() // a panic, logged with its stack where it was caught
		if kind == fault.Internal && !told && ctx.Err() == nil {
			log.LogAttrs(ctx, slog.LevelError, "the API failed", slog.String("requestId", graphqlhttp.RequestID(ctx)),
				slog.String("path", presented.Path.String()), slog.Any("error", err))
		}
		return &gqlerror.Error{
			Message: message, Path: presented.Path, Locations: presented.Locations,
			Extensions: map[string]any{"code": kind.Code()},
		}
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
	case database.IsRetryable(err):
		return fault.Throttled, fault.Message(fault.New(fault.Throttled, ""))
	case isArgumentError(ctx):
		// gqlgen and the scalars wrote the text, about the client's own input.
		return fault.BadInput, presented.Message
	}
	return fault.Internal, fault.Message(fault.New(fault.Internal, ""))
}

// isArgumentError tells whether the field failed before its resolver ran: gqlgen sets a field's arguments once all of them
// have been read.
func isArgumentError(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && fc.Args == nil && fc.Field.Field != nil && fc.Field.Definition != nil && len(fc.Field.Definition.Arguments) > 0
}

// refusal is the response of an operation that does not run. The handler leads its error through the presenter.
func refusal(err error) *graphql.Response {
	return &graphql.Response{Data: []byte("null"), Errors: gqlerror.List{gqlerror.Wrap(err)}}
}
