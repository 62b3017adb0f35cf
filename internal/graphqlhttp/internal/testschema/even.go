package testschema

import (
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalEven writes an Even.
func MarshalEven(v int) graphql.Marshaler { return graphql.MarshalInt(v) }

// UnmarshalEven reads an Even: an integer divisible by two.
func UnmarshalEven(v any) (int, error) {
	n, err := graphql.UnmarshalInt(v)
	if err != nil {
		return 0, fmt.Errorf("an even number: %w", err)
	}
	if n%2 != 0 {
		return 0, errors.New("must be even")
	}
	return n, nil
}
