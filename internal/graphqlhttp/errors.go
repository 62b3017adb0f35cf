package graphqlhttp

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Code is the value of extensions.code of an error. Clients may rely on this list being complete.
type Code string

// All codes.
const (
	CodeUnauthenticated Code = "UNAUTHENTICATED"  // no token, or one that is not accepted
	CodeForbidden       Code = "FORBIDDEN"        // signed in, but not allowed
	CodeBadUserInput    Code = "BAD_USER_INPUT"   // the request is malformed or invalid
	CodeNotFound        Code = "NOT_FOUND"        // it does not exist, or belongs to another site
	CodeThrottled       Code = "THROTTLED"        // too many requests at a time: try again later
	CodeComplexityLimit Code = "COMPLEXITY_LIMIT" // the document requests too much for one request
	CodeTimeout         Code = "TIMEOUT"          // The operation took too long and was stopped.
	CodeInternal        Code = "INTERNAL"         // an error of the server; find it in the log by the request id
)

func (c Code) known() bool {
	switch c {
	case CodeUnauthenticated, CodeForbidden, CodeBadUserInput, CodeNotFound, CodeThrottled, CodeComplexityLimit, CodeTimeout, CodeInternal:
		return true
	}
	return false
}

const (
	// messageBytes limits a message, because a syntax error quotes a token, which may be as long as the body.
	messageBytes = 300
	// errorsPerResponse is how many errors of one document are reported.
	errorsPerResponse = 20
)

// newError returns an error that needs no presenter.
func newError(code Code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": string(code)}}
}

// singleError returns a list with one error.
func singleError(code Code, message string) gqlerror.List {
	return gqlerror.List{newError(code, message)}
}

// rejected completes the errors of a request that did not run. Errors without a code are the client's, and no message suggests names of
// the schema.
func rejected(ctx context.Context, list gqlerror.List) gqlerror.List {
	if len(list) > errorsPerResponse {
		list = list[:errorsPerResponse]
	}
	out := make(gqlerror.List, len(list))
	for i, err := range list {
		code := codeOf(err)
		if !code.known() {
			code = CodeBadUserInput
		}
		out[i] = safeError(ctx, err, code, err.Message)
	}
	return out
}

// safeError returns a copy of an error with the code, the request id, and a message that is safe to send.
func safeError(ctx context.Context, err *gqlerror.Error, code Code, message string) *gqlerror.Error {
	e := *err
	e.Err = nil
	e.Message = clean(message)
	e.Extensions = maps.Clone(err.Extensions)
	if e.Extensions == nil {
		e.Extensions = make(map[string]any, 2)
	}
	e.Extensions["code"] = string(code)
	if id := RequestID(ctx); id != "" {
		e.Extensions["requestId"] = id
	}
	return &e
}

func codeOf(err *gqlerror.Error) Code {
	switch code := err.Extensions["code"].(type) {
	case string:
		if code == errcode.ParseFailed || code == errcode.ValidationFailed {
			return CodeBadUserInput
		}
		return Code(code)
	case Code:
		return code
	}
	return ""
}

// clean removes suggestions from a message, and shortens it.
func clean(message string) string {
	if i := strings.Index(message, " Did you mean"); i >= 0 {
		message = message[:i]
	}
	if len(message) > messageBytes {
		message = message[:messageBytes] + "…"
	}
	return strings.ToValidUTF8(message, "�")
}

// present is the presenter that the executor calls for each error of a resolver or an argument, and for each panic.
func (h *Handler) present(ctx context.Context, err error) *gqlerror.Error {
	e := h.options.ErrorPresenter(ctx, err)
	if e == nil {
		return nil
	}
	code := codeOf(e)
	switch {
	case code.known() && code != CodeInternal:
		return safeError(ctx, e, code, e.Message)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return safeError(ctx, e, CodeTimeout, "The operation took too long and was stopped.")
	case code == "" && isArgumentError(ctx):
		return safeError(ctx, e, CodeBadUserInput, e.Message)
	}
	if code != CodeInternal && ctx.Err() == nil {
		h.options.Logger.LogAttrs(ctx, slog.LevelError, "resolver failed",
			slog.String("requestId", RequestID(ctx)), slog.String("path", e.Path.String()), slog.Any("err", err))
	}
	return safeError(ctx, &gqlerror.Error{Path: e.Path, Locations: e.Locations}, CodeInternal, "internal error")
}

// isArgumentError reports whether the field in the context failed before its resolver ran: gqlgen sets a field's arguments only
// after it has read all of them.
func isArgumentError(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && fc.Args == nil && fc.Field.Field != nil && fc.Field.Definition != nil && len(fc.Field.Definition.Arguments) > 0
}

// logPanic is the default for Options.Recover.
func (h *Handler) logPanic(ctx context.Context, v any) error {
	h.options.Logger.LogAttrs(ctx, slog.LevelError, "panic",
		slog.String("requestId", RequestID(ctx)), slog.Any("panic", v), slog.String("stack", string(debug.Stack())))
	return newError(CodeInternal, "internal error")
}
