package usererror

import (
	"errors"

	"possync/internal/fault"
	"possync/internal/message"
)

// unfit is a value that a filter cannot have.
type unfit struct {
	error // the bad-input fault that a list answers with
	code  Code
	said  message.Message
	field string
}

func (u *unfit) Unwrap() error { return u.error }

// Unfit returns the error of a filter whose field has a value that it cannot have: a bad-input fault, for lists. Mutations make a user error
// of it, see [List.Filter].
func Unfit(code Code, sentence string, values message.Values, field string) error {
	said := message.Say(sentence, values)
	return &unfit{fault.New(fault.BadInput, said.Text), code, said, field}
}

// Filter adds what does not fit in the filter at the path. It returns any other error.
func (l *List) Filter(err error, path ...any) error {
	var u *unfit
	if !errors.As(err, &u) {
		return err
	}
	l.AddMessage(u.code, u.said, append(path[:len(path):len(path)], u.field)...)
	return nil
}
