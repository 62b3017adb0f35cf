// Command generate runs gqlgen as gqlgen.yml says, and has lists, what is in them and plain fields marshal by the packages
// inorder and plain. `make generate` runs it.
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
	files, err := read(filepath.Join(settings.Exec.Dir(), "*.generated.go"))
	if err != nil {
		return err
	}
	asTheyAre := map[string]int{}
	for _, code := range files {
		findMarshalers(code, asTheyAre)
	}
	written, plain := map[string]int{}, map[int]int{}
	for name, code := range files {
		if err := rewrite(name, code, asTheyAre, written, plain); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, replaced := range [][2]string{lists, fields, roots, groups} {
		if written[replaced[0]] == 0 {
			return fmt.Errorf("gqlgen does not write %q any more: see how it marshals now", replaced[0])
		}
	}
	for form := range marshalers {
		if plain[form] == 0 {
			return fmt.Errorf("gqlgen does not write fields of the form %d as it did: see how it marshals values now", form)
		}
	}
	return nil
}

// read returns the texts of files by their names.
func read(pattern string) (map[string]string, error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	files := make(map[string]string, len(names))
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[name] = string(text)
	}
	return files, nil
}

// rewrite replaces what gqlgen has written to a file, and counts what it has replaced.
func rewrite(name, code string, asTheyAre map[string]int, written map[string]int, plain map[int]int) error {
	used := map[string]bool{}
	for _, replaced := range [][2]string{lists, fields, roots, groups} {
		n := strings.Count(code, replaced[0])
		written[replaced[0]] += n
		code = strings.ReplaceAll(code, replaced[0], replaced[1])
		used["inorder"] = used["inorder"] || n > 0 && strings.HasPrefix(replaced[1], "inorder.")
	}
	before := code
	code = plainFields(code, asTheyAre, plain)
	used["plain"] = code != before
	var packages []string
	for _, ours := range []string{"inorder", "plain"} {
		if used[ours] {
			packages = append(packages, ours)
		}
	}
	if len(packages) > 0 {
		var found bool
		if code, found = importing(code, packages...); !found {
			return errors.New("it has no list of imports")
		}
	}
	formatted, err := format.Source([]byte(code)) // it sorts each group of imports
	if err != nil {
		return err
	}
	return os.WriteFile(name, formatted, 0o644) //nolint:gosec // code is for everybody to read
}
