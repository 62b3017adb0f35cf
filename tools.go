//go:build tools

// Package tools names the programs that generate and check the code, so that go.mod pins their versions.
package tools

import (
	_ "entgo.io/ent/cmd/ent"
	_ "github.com/99designs/gqlgen"
)
