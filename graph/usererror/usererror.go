// Package usererror lists everything that a person must change in an input: each error with a code for programs, a message for
// shop staff, and the path to the value.
package usererror

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"possync/internal/message"
)

// Code is what can be wrong with an input. Codes are only ever added.
type Code string

// The codes, as the API's UserErrorCode explains them.
const (
	Invalid                 Code = "INVALID"
	Empty                   Code = "EMPTY"
	TooMany                 Code = "TOO_MANY"
	Duplicate               Code = "DUPLICATE"
	NotFound                Code = "NOT_FOUND"
	Archived                Code = "ARCHIVED"
	StaleRevision           Code = "STALE_REVISION"
	AcknowledgementRequired Code = "ACKNOWLEDGEMENT_REQUIRED"
	NotConnected            Code = "NOT_CONNECTED"
	NeedsReauth             Code = "NEEDS_REAUTH"
	SyncInProgress          Code = "SYNC_IN_PROGRESS"
	AlreadyFinished         Code = "ALREADY_FINISHED"
	CountChanged            Code = "COUNT_CHANGED"
	AlreadyDecided          Code = "ALREADY_DECIDED"
	NotLinked               Code = "NOT_LINKED"
	NotWaiting              Code = "NOT_WAITING"
	NotMapped               Code = "NOT_MAPPED"
	ExportBlocked           Code = "EXPORT_BLOCKED"
	AlreadyExported         Code = "ALREADY_EXPORTED"
	TooMuch                 Code = "TOO_MUCH"
	InUse                   Code = "IN_USE"
	Locked                  Code = "LOCKED"
	Expired                 Code = "EXPIRED"
	KeyReused               Code = "KEY_REUSED"
	EmailNotAvailable       Code = "EMAIL_NOT_AVAILABLE"
)

// Values lists the codes.
func (Code) Values() []string {
	return []string{
		string(Invalid), string(Empty), string(TooMany), string(Duplicate), string(NotFound), string(Archived),
		string(StaleRevision), string(AcknowledgementRequired), string(NotConnected), string(NeedsReauth),
		string(SyncInProgress), string(AlreadyFinished), string(CountChanged), string(AlreadyDecided), string(NotLinked),
		string(NotMapped), string(NotWaiting),
		string(ExportBlocked), string(AlreadyExported), string(TooMuch), string(InUse), string(Locked), string(Expired),
		string(KeyReused), string(EmailNotAvailable),
	}
}

// MarshalGQL writes the code as GraphQL.
func (c Code) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(c))) }

// UnmarshalGQL reads a code from GraphQL.
func (c *Code) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !slices.Contains((*c).Values(), s) {
		return fmt.Errorf("%v is no UserErrorCode", v)
	}
	*c = Code(s)
	return nil
}

// Error is one thing to change.
type Error struct {
	Code    Code
	Message string   // for shop staff: what is wrong and what to do
	Field   []string // path into the input; empty when it concerns the whole

	MessageParameters []message.Parameter // the figures and names in the message
}

// List collects errors. The zero value is empty and ready.
type List []*Error

// Add adds an error about the value at path: names of fields, and indexes of lists as int.
func (l *List) Add(code Code, message string, path ...any) {
	field := make([]string, len(path))
	for i, p := range path {
		field[i] = fmt.Sprint(p)
	}
	*l = append(*l, &Error{Code: code, Message: message, Field: field})
}

// Say is Add with a sentence that has figures or names, see [message.Say].
func (l *List) Say(code Code, sentence string, values message.Values, path ...any) {
	l.AddMessage(code, message.Say(sentence, values), path...)
}

// AddMessage is Add with a message that was made elsewhere.
func (l *List) AddMessage(code Code, said message.Message, path ...any) {
	l.Add(code, said.Text, path...)
	(*l)[len(*l)-1].MessageParameters = said.Parameters
}

// Below returns the errors for an input that has this input as the field of this name.
func (l List) Below(field string) List {
	for _, e := range l {
		e.Field = append([]string{field}, e.Field...)
	}
	return l
}

// In returns the errors for an input whose field of this name has the first field of their paths.
func (l List) In(field string) List {
	for _, e := range l {
		e.Field = append([]string{field}, e.Field[1:]...)
	}
	return l
}

// Instead returns the errors of an input some of whose values could not be read, and were checked with others in their place: those of
// these values, and of the rest what does not depend on them. That is what is said of other values, except of those beside it in an element
// of a list.
func (l List) Instead(unreadable List) List {
	if !unreadable.Any() {
		return l
	}
	all := slices.Clone(unreadable)
	for _, e := range l {
		depends := func(u *Error) bool {
			shared := max(len(u.Field)-1, 1) // an element's path, or else the value's own
			return len(e.Field) >= shared && slices.Equal(e.Field[:shared], u.Field[:shared])
		}
		if !slices.ContainsFunc(unreadable, depends) {
			all = append(all, e)
		}
	}
	return all
}

// Any reports whether something was found.
func (l List) Any() bool { return len(l) > 0 }

// All returns the findings, never nil: the API's list of them is never null.
func (l List) All() []*Error {
	if l == nil {
		return []*Error{}
	}
	return l
}
