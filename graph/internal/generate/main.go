// Command generate runs gqlgen as gqlgen.yml says, and has lists, and what is in them, marshal by package inorder. `make generate` runs it.
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

// What gqlgen writes, and what it is replaced by. Nothing is deferred, so no object needs a group for that.
var (
	lists  = [2]string{"graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, ", "inorder.Marshal(ctx, len(v), "}
	fields = [2]string{"out.ResolveConcurrently(ec.OperationContext, &deferred, i,", "inorder.Resolve(ctx, ec.OperationContext, out, i,"}
	roots  = [2]string{"out.ResolveRootConcurrently(innerCtx, ec.OperationContext, i,", "inorder.ResolveRoot(innerCtx, ec.OperationContext, out, i,"}
	groups = [2]string{"graphql.NewDeferredGroup(ctx)", "graphql.DeferredGroup{}"}
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
	written := map[string]int{}
	for _, name := range files {
		if err := rewrite(name, written); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, replaced := range [][2]string{lists, fields, roots, groups} {
		if written[replaced[0]] == 0 {
			return fmt.Errorf("gqlgen does not write %q any more: see how it marshals now", replaced[0])
		}
	}
	return nil
}

// rewrite replaces what gqlgen has written to a file, and counts what it has replaced.
func rewrite(name string, written map[string]int) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	code := string(text)
	imported := false
	for _, replaced := range [][2]string{lists, fields, roots, groups} {
		n := strings.Count(code, replaced[0])
		written[replaced[0]] += n
		code = strings.ReplaceAll(code, replaced[0], replaced[1])
		imported = imported || n > 0 && strings.HasPrefix(replaced[1], "inorder.")
	}
	if !imported {
		return os.WriteFile(name, []byte(code), 0o644) //nolint:gosec // code is for everybody to read
	}
	imports, body, found := strings.Cut(code, "\n)\n")
	if !found {
		return errors.New("it has no list of imports")
	}
	end := "\n"
	if !strings.Contains(imports, "\t\"possync/") { // a group of its own
		end = "\n\n"
	}
	formatted, err := format.Source([]byte(imports + end + "\t\"possync/graph/internal/inorder\"\n)\n" + body)) // it sorts each group
	if err != nil {
		return err
	}
	return os.WriteFile(name, formatted, 0o644) //nolint:gosec // code is for everybody to read
}
