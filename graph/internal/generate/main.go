// Command generate runs gqlgen as gqlgen.yml says, and has lists marshal their elements by package inorder. `make generate` runs it.
package main

import (
	"errors"
	"fmt"
	"go/format"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

const (
	atOnce  = "graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, "
	inOrder = "inorder.Marshal(ctx, len(v), "
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "cannot generate the API's code:", err)
		os.Exit(1)
	}
}

func run() error {
	log.SetOutput(io.Discard) // gqlgen tells what it takes for granted
	settings, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	if err := api.Generate(settings); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(settings.Exec.Dir(), "*.generated.go"))
	if err != nil {
		return err
	}
	lists := 0
	for _, name := range files {
		n, err := rewrite(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		lists += n
	}
	if lists == 0 {
		return fmt.Errorf("gqlgen does not write %q any more: see how it marshals lists now", atOnce)
	}
	return nil
}

// rewrite has the lists of a file marshal their elements in order, and returns how many lists there are.
func rewrite(name string) (lists int, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	code := string(text)
	if lists = strings.Count(code, atOnce); lists == 0 {
		return 0, nil
	}
	code = strings.ReplaceAll(code, atOnce, inOrder)
	imports, body, found := strings.Cut(code, "\n)\n")
	if !found {
		return 0, errors.New("it has no list of imports")
	}
	end := "\n"
	if !strings.Contains(imports, "\t\"possync/") { // a group of its own
		end = "\n\n"
	}
	formatted, err := format.Source([]byte(imports + end + "\t\"possync/graph/internal/inorder\"\n)\n" + body)) // it sorts each group
	if err != nil {
		return 0, err
	}
	return lists, os.WriteFile(name, formatted, 0o644) //nolint:gosec // code is for everybody to read
}
