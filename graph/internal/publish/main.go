// Command publish writes the schema of the API to docs/schema.graphql. `make generate` runs it.
package main

import (
	"fmt"
	"os"

	"possync/graph"
)

func main() {
	if err := os.WriteFile("docs/schema.graphql", []byte(graph.SDL()), 0o644); err != nil { //nolint:gosec // everybody may read it
		fmt.Fprintln(os.Stderr, "cannot write the schema:", err)
		os.Exit(1)
	}
}
