package retail

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// enum is an enum of this package. Values lists its spellings, which the database and GraphQL share.
type enum interface {
	~string
	Values() []string
}

// spellings lists the text of enum values in the order given.
func spellings[E ~string](values ...E) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// marshalGQL writes a value as a GraphQL result (a JSON string). The response writer handles write errors.
func marshalGQL[E enum](w io.Writer, e E) {
	_, _ = io.WriteString(w, strconv.Quote(string(e)))
}

// unmarshalGQL sets *e from a GraphQL input value; *e is unchanged on error.
func unmarshalGQL[E enum](e *E, v any) error {
	s, ok := v.(string)
	if !ok {
		return errors.New("must be a string")
	}
	values := (*e).Values()
	if !slices.Contains(values, s) {
		return fmt.Errorf("%.40q is not one of %s", s, strings.Join(values, ", "))
	}
	*e = E(s)
	return nil
}
