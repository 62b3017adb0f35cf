// Package fault gives an error a kind, which decides how it is answered, and a message that is safe to show to the client.
package fault

import (
	"context"
	"errors"
	"time"
)

// Kind says what went wrong and how it is answered. The zero Kind is Internal: the text of an unclassified error is not shown.
type Kind uint8

// The kinds. Each has one GraphQL error code, see [Kind.Code].
const (
	Internal        Kind = iota // ours: a defect or a failed dependency
	Unauthenticated             // no valid credentials
	Forbidden                   // valid credentials without the needed right
	BadInput                    // the request cannot be understood or breaks a limit
	NotFound                    // no such thing, or it belongs to another tenant
	Throttled                   // too much in too short a time; the same request may pass later
	Timeout                     // not done within the time allowed
)

// internalMessage is all that a client sees of an internal error.
const internalMessage = "Internal error"

// timeoutMessage is shown for a passed deadline without its own message.
const timeoutMessage = "The request took too long. Try again."

// Code returns the GraphQL error code (extensions.code) of the kind. A value outside the constants is INTERNAL.
func (k Kind) Code() string {
	switch k {
	case Unauthenticated:
		return "UNAUTHENTICATED"
	case Forbidden:
		return "FORBIDDEN"
	case BadInput:
		return "BAD_USER_INPUT"
	case NotFound:
		return "NOT_FOUND"
	case Throttled:
		return "THROTTLED"
	case Timeout:
		return "TIMEOUT"
	default:
		return "INTERNAL"
	}
}

// String returns [Kind.Code].
func (k Kind) String() string { return k.Code() }

// Error is an error of a known kind.
type Error struct {
	Kind    Kind
	Message string // safe to show: no secret, no internals, nothing of another tenant
	Err     error  // the cause, for logs only; may be nil

	RetryAfter time.Duration // of Throttled: when the same request may pass; 0 = not known
}

// New returns an error of the kind without a cause. The message is shown to the reader as it is, except for Internal.
func New(kind Kind, message string) error { return &Error{Kind: kind, Message: message} }

// Wrap returns an error of the kind whose cause is err. The cause is for logs: the reader sees the message only.
// Wrap of a nil error is nil.
func Wrap(kind Kind, err error, message string) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: kind, Message: message, Err: err}
}

// WithRetryAfter returns a copy of err, an [Error], that says when the same request may pass.
func WithRetryAfter(err error, after time.Duration) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	later := *e
	later.RetryAfter = after
	return &later
}

// RetryAfter returns when the request that failed with err may pass; 0 = not known.
func RetryAfter(err error) time.Duration {
	var e *Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

// Error returns the message and the cause: text for logs, not for the reader (that is [Message]).
func (e *Error) Error() string {
	switch {
	case e.Err == nil && e.Message == "":
		return e.Kind.Code()
	case e.Err == nil:
		return e.Message
	case e.Message == "":
		return e.Err.Error()
	default:
		return e.Message + ": " + e.Err.Error()
	}
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is a pattern that e fits: an [Error] without a cause, of the same kind, and with no message
// or the same one. So errors.Is(err, New(NotFound, "")) finds any NotFound in the chain.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Err == nil && t.Kind == e.Kind && (t.Message == "" || t.Message == e.Message)
}

// KindOf returns the kind of the outermost [Error] in err's tree. Without one, a passed context deadline is Timeout and
// everything else, nil included, is Internal.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	default:
		return Internal
	}
}

// Message returns the text of err that is safe to show: the message of the outermost [Error], or "Internal error" when
// its kind is Internal or there is none. It never contains the text of a cause. Message of a nil error is "".
func Message(err error) string {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) && e.Kind.Code() != Internal.Code() {
		if e.Message == "" {
			return defaultMessage(e.Kind)
		}
		return e.Message
	}
	return defaultMessage(KindOf(err))
}

// defaultMessage is what a client sees of an error without a message.
func defaultMessage(k Kind) string {
	switch k {
	case Unauthenticated:
		return "Sign in to continue."
	case Forbidden:
		return "You are not allowed to do this."
	case BadInput:
		return "The request is not valid."
	case NotFound:
		return "Not found."
	case Throttled:
		return "Too many requests. Try again later."
	case Timeout:
		return timeoutMessage
	default:
		return internalMessage
	}
}
