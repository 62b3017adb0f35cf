package fault_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"possync/internal/fault"
)

func kinds() map[fault.Kind]string {
	return map[fault.Kind]string{
		fault.Internal:        "INTERNAL",
		fault.Unauthenticated: "UNAUTHENTICATED",
		fault.Forbidden:       "FORBIDDEN",
		fault.BadInput:        "BAD_USER_INPUT",
		fault.NotFound:        "NOT_FOUND",
		fault.Throttled:       "THROTTLED",
		fault.Timeout:         "TIMEOUT",
	}
}

func TestCode(t *testing.T) {
	for kind, want := range kinds() {
		if got := kind.Code(); got != want {
			t.Errorf("Code() = %q, want %q", got, want)
		}
		if got := kind.String(); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
	if got := fault.Kind(200).Code(); got != "INTERNAL" {
		t.Errorf("unknown kind: Code() = %q, want INTERNAL", got)
	}
}

func TestKindAndMessage(t *testing.T) {
	cause := errors.New("pq: password authentication failed for user app")
	tests := map[string]struct {
		err     error
		kind    fault.Kind
		message string
	}{
		"nil":                       {nil, fault.Internal, ""},
		"plain":                     {cause, fault.Internal, "Internal error"},
		"new":                       {fault.New(fault.NotFound, "No such run."), fault.NotFound, "No such run."},
		"new without message":       {fault.New(fault.Forbidden, ""), fault.Forbidden, "You are not allowed to do this."},
		"wrapped":                   {fault.Wrap(fault.BadInput, cause, "Bad cursor."), fault.BadInput, "Bad cursor."},
		"wrapped further":           {fmt.Errorf("list items: %w", fault.New(fault.Throttled, "Slow down.")), fault.Throttled, "Slow down."},
		"outermost wins":            {fault.Wrap(fault.Forbidden, fault.New(fault.NotFound, "inner"), "outer"), fault.Forbidden, "outer"},
		"internal hides its text":   {fault.Wrap(fault.Internal, cause, "connect as app"), fault.Internal, "Internal error"},
		"unknown kind hides too":    {fault.New(fault.Kind(200), "secret"), fault.Kind(200), "Internal error"},
		"internal hides inner text": {fault.Wrap(fault.Internal, fault.New(fault.NotFound, "inner"), ""), fault.Internal, "Internal error"},
		"deadline":                  {fmt.Errorf("query: %w", context.DeadlineExceeded), fault.Timeout, "The request took too long. Try again."},
		"cancelled":                 {context.Canceled, fault.Internal, "Internal error"},
		"joined":                    {errors.Join(cause, fault.New(fault.NotFound, "gone")), fault.NotFound, "gone"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := fault.KindOf(tt.err); got != tt.kind {
				t.Errorf("KindOf = %v, want %v", got, tt.kind)
			}
			if got := fault.Message(tt.err); got != tt.message {
				t.Errorf("Message = %q, want %q", got, tt.message)
			}
		})
	}
}

// No kind lets the text of a cause through to the reader, whether or not it has a message, and none is silent.
func TestMessageNeverReportsTheCause(t *testing.T) {
	for kind := range kinds() {
		for _, message := range []string{"", "Safe."} {
			got := fault.Message(fmt.Errorf("layer: %w", fault.Wrap(kind, errors.New("secret"), message)))
			if got == "" || strings.Contains(got, "secret") || strings.Contains(got, "layer") {
				t.Errorf("%v with message %q: Message = %q", kind, message, got)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	if err := fault.Wrap(fault.NotFound, nil, "x"); err != nil {
		t.Errorf("Wrap(nil) = %v, want nil", err)
	}
	cause := errors.New("cause")
	err := fault.Wrap(fault.NotFound, cause, "x")
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
	for want, err := range map[string]error{
		"x: cause":  err,
		"cause":     fault.Wrap(fault.NotFound, cause, ""),
		"x":         fault.New(fault.NotFound, "x"),
		"NOT_FOUND": fault.New(fault.NotFound, ""),
	} {
		if err.Error() != want {
			t.Errorf("Error() = %q, want %q", err.Error(), want)
		}
	}
}

func TestIs(t *testing.T) {
	err := fmt.Errorf("load: %w", fault.Wrap(fault.NotFound, errors.New("cause"), "No such run."))
	tests := map[string]struct {
		target error
		want   bool
	}{
		"kind":             {fault.New(fault.NotFound, ""), true},
		"kind and message": {fault.New(fault.NotFound, "No such run."), true},
		"other message":    {fault.New(fault.NotFound, "No such item."), false},
		"other kind":       {fault.New(fault.Forbidden, ""), false},
		"with a cause":     {fault.Wrap(fault.NotFound, errors.New("cause"), ""), false},
		"plain":            {errors.New("No such run."), false},
	}
	for name, tt := range tests {
		if got := errors.Is(err, tt.target); got != tt.want {
			t.Errorf("%s: errors.Is = %v, want %v", name, got, tt.want)
		}
	}
}
