package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/vektah/gqlparser/v2"

	"possync/graph"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
)

// These tests hold the README and the pages in docs to the program.

// pages returns the text of each page, by its path from the top.
func pages(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		paths, err := filepath.Glob("../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))] = string(text)
		}
	}
	if len(texts) < 10 {
		t.Fatalf("only %d pages found", len(texts))
	}
	return texts
}

// page returns the text of one page.
func page(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile("../" + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// eachMatch calls fn with what the pattern's groups match, on every page in order.
func eachMatch(t *testing.T, pattern string, fn func(page string, groups []string)) {
	t.Helper()
	texts := pages(t)
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		for _, groups := range regexp.MustCompile(pattern).FindAllStringSubmatch(texts[path], -1) {
			fn(path, groups[1:])
		}
	}
}

func commandLine(t *testing.T) *kong.Kong {
	t.Helper()
	var cli CLI
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	return parser
}

// The page on operations lists every command and every setting with its default, and no page names a setting that there is not.
func TestDocsListEverySetting(t *testing.T) {
	text := page(t, "docs/operations.md")
	known := map[string]bool{}
	for _, command := range commandLine(t).Model.Children {
		if !strings.Contains(text, "\n| `"+command.Name+"` |") {
			t.Errorf("docs/operations.md does not list the command %s", command.Name)
		}
		for _, flag := range command.Flags {
			for _, tag := range []string{"setting", "secret"} {
				name := flag.Tag.Get(tag)
				if known[name] = true; name == "" {
					continue
				}
				row := regexp.MustCompile("(?m)^\\| .*`" + name + "`.*$").FindString(text)
				if row == "" {
					t.Errorf("docs/operations.md does not list %s", name)
				}
				if tag == "setting" && flag.Default != "" && !strings.Contains(row, "`"+flag.Default+"`") {
					t.Errorf("docs/operations.md does not list the default %s of %s", flag.Default, name)
				}
				if want := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "POSSYNC_"), "_", "-")); tag == "setting" &&
					flag.Name != want && !strings.HasPrefix(name, "POSSYNC_SANDBOX_") {
					t.Errorf("%s is --%s, want --%s", name, flag.Name, want)
				}
			}
		}
	}
	tests := map[string]bool{"POSSYNC_TEST_POSTGRES": true, "POSSYNC_REQUIRE_POSTGRES": true, "POSSYNC_POSTGRES_FROM": true}
	eachMatch(t, `\b(POSSYNC_[A-Z_]*[A-Z])\b`, func(page string, name []string) {
		if !known[name[0]] && !tests[name[0]] {
			t.Errorf("%s names %s, which is no setting", page, name[0])
		}
	})
}

// Every command line in the pages names a command and flags that exist.
func TestDocsCommandsExist(t *testing.T) {
	flags := map[string][]string{}
	for _, command := range commandLine(t).Model.Children {
		flags[command.Name] = []string{"--help"}
		for _, flag := range command.Flags {
			flags[command.Name] = append(flags[command.Name], "--"+flag.Name)
		}
	}
	n := 0
	eachMatch(t, "(?m)(?:^ *|`)(?:possync|bin/possync|go run ./server) ([a-z][a-z-]*)([^\n`#]*)", func(page string, line []string) {
		n++
		known, ok := flags[line[0]]
		if !ok {
			t.Errorf("%s: there is no command %s", page, line[0])
		}
		for _, flag := range regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(line[1], -1) {
			if ok && !slices.Contains(known, flag) {
				t.Errorf("%s: %s has no flag %s", page, line[0], flag)
			}
		}
	})
	if n < 5 {
		t.Errorf("only %d command lines found", n)
	}
}

// Every operation in the pages is valid by the contract.
func TestDocsExamplesAreValid(t *testing.T) {
	schema, n := graph.NewSchema(graph.Deps{}).Schema(), 0
	check := func(page, query string) {
		n++
		if _, err := gqlparser.LoadQueryWithRules(schema, query, nil); err != nil {
			t.Errorf("%s: %s: %v", page, query, err)
		}
	}
	eachMatch(t, "(?s)```graphql\n(.*?)```", func(page string, body []string) { check(page, body[0]) })
	eachMatch(t, `-d '(\{"query".*\})'`, func(page string, body []string) {
		var request struct{ Query string }
		if err := json.Unmarshal([]byte(body[0]), &request); err != nil {
			t.Errorf("%s: %s: %v", page, body[0], err)
			return
		}
		check(page, request.Query)
	})
	if n < 30 {
		t.Errorf("only %d examples found", n)
	}
}

// Every file, folder and package that a page names is there.
func TestDocsPathsExist(t *testing.T) {
	eachMatch(t, "(?:`|\\./)((?:ent|graph|jobs|server|internal|docs|deploy|\\.ci)/[A-Za-z0-9_./*-]*)", func(page string, path []string) {
		found, err := filepath.Glob("../" + strings.TrimRight(path[0], "/."))
		if err != nil || len(found) == 0 {
			t.Errorf("%s names %s, which is not there", page, path[0])
		}
	})
}

// The page on architecture names every package, so that a newcomer finds each idea.
func TestDocsNameEveryPackage(t *testing.T) {
	text, named := page(t, "docs/architecture.md"), map[string]bool{}
	goFiles(t, func(path, _ string) {
		folder := filepath.ToSlash(filepath.Dir(path))
		top, _, below := strings.Cut(folder, "/")
		if !below || top == "ent" || strings.Contains(folder, "testdata") || strings.HasSuffix(folder, "/testschema") || named[folder] {
			return
		}
		if named[folder] = true; !strings.Contains(text, "`"+folder+"`") {
			t.Errorf("docs/architecture.md does not name %s", folder)
		}
	})
}

// Every link leads to a file that is there, and to a heading of it.
func TestDocsLinksResolve(t *testing.T) {
	texts := pages(t)
	anchors := map[string]map[string]bool{}
	for path, text := range texts {
		anchors[path] = map[string]bool{}
		for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
			slug := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(heading[1]), "")
			anchors[path][strings.ReplaceAll(slug, " ", "-")] = true
		}
	}
	eachMatch(t, `\]\(([^)\s]+)\)`, func(page string, link []string) {
		file, anchor, _ := strings.Cut(link[0], "#")
		if strings.Contains(file, "://") {
			return
		}
		target := page
		if file != "" {
			target = filepath.ToSlash(filepath.Join(filepath.Dir(page), file))
		}
		if found, err := filepath.Glob("../" + target); err != nil || len(found) == 0 {
			t.Errorf("%s leads to %s, which is not there", page, link[0])
		} else if anchor != "" && !anchors[target][anchor] {
			t.Errorf("%s leads to %s, which has no such heading", page, link[0])
		}
	})
}

// Whoever begins at the README is on any page after two links.
func TestDocsAreTwoStepsFromTheREADME(t *testing.T) {
	texts := pages(t)
	reached := map[string]bool{"README.md": true}
	for range 2 {
		for path := range maps.Clone(reached) {
			for _, link := range regexp.MustCompile(`\]\(([^)#\s]+)`).FindAllStringSubmatch(texts[path], -1) {
				reached[filepath.ToSlash(filepath.Join(filepath.Dir(path), link[1]))] = true
			}
		}
	}
	for path := range texts {
		if !reached[path] {
			t.Errorf("%s is further than two links from the README", path)
		}
	}
}

// Every make target that a page names is in the Makefile.
func TestDocsMakeTargetsExist(t *testing.T) {
	makefile := page(t, "Makefile")
	eachMatch(t, "(?m)(?:^ *|`)make ([a-z]+)", func(page string, target []string) {
		if !strings.Contains(makefile, "\n"+target[0]+":") {
			t.Errorf("%s names make %s, which is not there", page, target[0])
		}
	})
}

// Every test that a page names is there.
func TestDocsTestsExist(t *testing.T) {
	databasetest.NotRaced(t)
	tests := map[string]bool{}
	goFiles(t, func(path, text string) {
		for _, name := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(text, -1) {
			tests[name[1]] = true
		}
	})
	eachMatch(t, "(?:`|-run )(Test[A-Za-z0-9_]+)", func(page string, name []string) {
		if !tests[name[0]] {
			t.Errorf("%s names %s, which is not there", page, name[0])
		}
	})
}

// Every requirement that the code cites is explained.
func TestDocsExplainEveryRequirement(t *testing.T) {
	databasetest.NotRaced(t)
	explained := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([RDB][^|]*)\|`).FindAllStringSubmatch(page(t, "docs/requirements.md"), -1) {
		for _, code := range regexp.MustCompile(`[RDB]\d+`).FindAllString(row[1], -1) {
			explained[code] = true
		}
	}
	cited := 0
	goFiles(t, func(path, text string) {
		for _, code := range regexp.MustCompile(`(?:\bfunc Test|[\s(,])((?:[RDB]\d{1,2})+)`).FindAllStringSubmatch(text, -1) {
			for _, one := range regexp.MustCompile(`[RDB]\d+`).FindAllString(code[1], -1) {
				if cited++; !explained[one] {
					t.Errorf("%s cites %s, which docs/requirements.md does not explain", path, one)
				}
			}
		}
	})
	if cited < 50 {
		t.Errorf("only %d citations found", cited)
	}
}

// The picture of an export's states shows all of them, and no way that the code forbids.
func TestDocsExportStatesAreTheCodes(t *testing.T) {
	shown := map[string]bool{}
	picture := page(t, "docs/export-protocol.md")
	for _, move := range regexp.MustCompile(`(?m)^  ([A-Z]+) --> ([A-Z]+):`).FindAllStringSubmatch(picture, -1) {
		shown[move[1]], shown[move[2]] = true, true
		if !retail.CanExportMove(retail.ExportState(move[1]), retail.ExportState(move[2])) {
			t.Errorf("the code forbids %s --> %s", move[1], move[2])
		}
	}
	for _, state := range retail.ExportState("").Values() {
		if !shown[state] || !strings.Contains(picture, "\n| `"+state+"` |") {
			t.Errorf("docs/export-protocol.md lacks %s in its picture or its table", state)
		}
	}
}

// Every direct dependency has its reason, and none is listed that is gone.
func TestDocsGiveAReasonForEachDependency(t *testing.T) {
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(goCommand(t, "mod", "edit", "-json"), &mod); err != nil {
		t.Fatal(err)
	}
	const reasons = "docs/decisions/0010-dependencies.md"
	listed := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([a-z]+\.[^|]*)\|`).FindAllStringSubmatch(page(t, reasons), -1) {
		for path := range strings.SplitSeq(row[1], ",") {
			listed[strings.TrimSpace(path)] = true
		}
	}
	for _, r := range mod.Require {
		if !r.Indirect && !listed[r.Path] {
			t.Errorf("%s gives no reason for %s", reasons, r.Path)
		}
		delete(listed, r.Path)
	}
	for path := range listed {
		t.Errorf("%s lists %s, which go.mod does not require", reasons, path)
	}
}

// The README is the way in, not the book.
func TestREADMEIsShort(t *testing.T) {
	if lines := strings.Count(page(t, "README.md"), "\n"); lines > 150 {
		t.Errorf("README.md has %d lines, more than 150", lines)
	}
}
