package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/internal/database/databasetest"
)

// These tests hold the rules of the repository as a whole.

const module = "possync"

// layers are the parts of the program, each with the parts that it may import:
// server → {graph, jobs} → records → ent → leaves, the rest of internal.
func layers() map[string][]string {
	return map[string][]string{
		"leaves":  {"leaves"},
		"ent":     {"leaves", "ent"},
		"records": {"leaves", "ent", "records"},
		"graph":   {"leaves", "ent", "records", "graph"},
		"jobs":    {"leaves", "ent", "records", "jobs"},
		"server":  {"leaves", "ent", "records", "graph", "jobs", "server"},
	}
}

// layer is the part of the program that a package of ours belongs to; ok is false for other packages.
func layer(path string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(path, module+"/")
	first, below, _ := strings.Cut(rest, "/")
	if first != "internal" {
		return first, ok
	}
	if below, _, _ = strings.Cut(below, "/"); below == "records" {
		return "records", ok
	}
	return "leaves", ok
}

func goCommand(t *testing.T, args ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", args...)
	command.Dir = ".."
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return out
}

func TestRepositoryImportsPointOneWay(t *testing.T) {
	databasetest.NotRaced(t)
	allowed, seen := layers(), map[string]bool{}
	list := json.NewDecoder(bytes.NewReader(goCommand(t, "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")))
	for {
		var p struct {
			ImportPath                         string
			Imports, TestImports, XTestImports []string
		}
		if err := list.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		from, ok := layer(p.ImportPath)
		if !ok || from == "" {
			continue // tools.go at the top
		}
		seen[from] = true
		if _, ok := allowed[from]; !ok {
			t.Errorf("%s is in a folder that is not planned: %s", p.ImportPath, from)
			continue
		}
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if to, ok := layer(imported); ok && !slices.Contains(allowed[from], to) {
				t.Errorf("%s imports %s: %s may import %v alone", p.ImportPath, imported, from, allowed[from])
			}
		}
	}
	if len(seen) != len(allowed) {
		t.Errorf("found the layers %v: the list is not complete", seen)
	}
}

// tools.go and the tool block of go.mod name the same programs.
func TestRepositoryToolsAgree(t *testing.T) {
	var mod struct{ Tool []struct{ Path string } }
	if err := json.Unmarshal(goCommand(t, "mod", "edit", "-json"), &mod); err != nil {
		t.Fatal(err)
	}
	var pinned, imported []string
	for _, tool := range mod.Tool {
		pinned = append(pinned, tool.Path)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "../tools.go", nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imported = append(imported, path)
	}
	slices.Sort(pinned)
	slices.Sort(imported)
	if diff := cmp.Diff(pinned, imported); diff != "" {
		t.Errorf("go.mod (-) and tools.go (+) differ:\n%s", diff)
	}
}

// Whatever starts goroutines or shares memory between them is tested with the race detector by make test. So is what has a database: the
// pass before leaves tests on PostgreSQL to that pass.
func TestRepositoryRacePassIsComplete(t *testing.T) {
	databasetest.NotRaced(t)
	text, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`(?m)^CONCURRENT :=((?:.*\\\n)*.*)$`).FindSubmatch(text)
	if match == nil {
		t.Fatal("the Makefile does not say what runs concurrently")
	}
	var tested []string
	for _, pattern := range strings.Fields(strings.ReplaceAll(string(match[1]), "\\\n", " ")) {
		tested = append(tested, strings.TrimPrefix(pattern, "./"))
	}
	concurrent := regexp.MustCompile(`\bgo func|\.Go\(func|(?m:^\t"sync(/atomic)?"$)`)
	stored := regexp.MustCompile(`(?m)^\t"possync/.*(databasetest|storetest|jobstest|graphtest)"$`)
	goFiles(t, func(path, text string) {
		folder := filepath.ToSlash(filepath.Dir(path))
		if strings.HasSuffix(path, "_test.go") {
			if !stored.MatchString(text) {
				return
			}
		} else if !concurrent.MatchString(text) || strings.HasPrefix(folder, "ent/") {
			return
		}
		if !slices.ContainsFunc(tested, func(pattern string) bool {
			under, all := strings.CutSuffix(pattern, "/...")
			return folder == under || all && strings.HasPrefix(folder, under+"/")
		}) {
			t.Errorf("%s runs concurrently or has a database, and CONCURRENT in the Makefile does not name its package", path)
		}
	})
}

// goFiles calls fn with each Go file written by hand.
func goFiles(t *testing.T, fn func(path, text string)) {
	t.Helper()
	generated := regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)
	n := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); name == "node_modules" || name == "var" || strings.HasPrefix(name, ".") && name != ".." {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if head := text[:min(len(text), 1024)]; !generated.Match(head) {
			n++
			fn(filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator))), string(text))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 50 {
		t.Fatalf("only %d files found", n)
	}
}

// In ent, hand-written code is the schema, the migrations and the generator's settings. Nothing else hides among the generated folders.
func TestRepositoryEntIsGenerated(t *testing.T) {
	byHand := regexp.MustCompile(`^ent/(schema/[^/]+|migrate/(diff|migrations)/[^/]+|entc|generate)\.go$`)
	goFiles(t, func(path, text string) {
		if strings.HasPrefix(path, "ent/") && !byHand.MatchString(path) {
			t.Errorf("%s is written by hand: it belongs in internal/records", path)
		}
	})
}

// Reviews hide what git's attributes call generated, so hand-written files must never be called that.
func TestRepositoryReviewsSeeWhatIsWrittenByHand(t *testing.T) {
	databasetest.NotRaced(t)
	var paths []string
	goFiles(t, func(path, text string) { paths = append(paths, path) })
	args := append([]string{"check-attr", "linguist-generated", "--"}, paths...)
	command := exec.CommandContext(t.Context(), "git", args...)
	command.Dir = ".."
	out, err := command.CombinedOutput()
	if err != nil {
		t.Skipf("this is no git checkout: %s", out)
	}
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); strings.HasSuffix(line, ": set") {
			t.Errorf("%s, although the file is written by hand", line)
		}
	}
}

// settingsReaders are the folders that may query what package settings reads, each with the entities: what a snapshot leaves out,
// tokens, is read by those who keep the connection; a snapshot is of one site, so who goes through all sites asks for them itself.
var settingsReaders = map[string]string{
	"internal/records/auditlog":     ent.TypeSite,
	"internal/records/customerdata": ent.TypeSite,
	"jobs":                          ent.TypeLightspeedLink,
	"internal/records/sitedeletion": ent.TypeSite,
	"internal/records/revokedtoken": ent.TypeSite,               // looks for those that were registered again
	"internal/records/alertemail":   ent.TypeAlertEmailSettings, // goes through all sites, and keeps how far their messages have come
	"internal/records/settings":     "",
	"internal/records/connection":   ent.TypeLightspeedLink,
	"internal/records/census":       ent.TypeLightspeedLink, // counts those of all sites
	"internal/records/incident":     ent.TypeLightspeedLink, // looks for the sites of an account
}

// Settings have one reader: everybody else takes them from its snapshots. Helpers of tests may look at the rows.
func TestRepositorySettingsHaveOneReader(t *testing.T) {
	databasetest.NotRaced(t)
	entities := []string{
		ent.TypeSite, ent.TypeLightspeedLink, ent.TypeLocation, ent.TypeShop, ent.TypeRegister, ent.TypeEmployee, ent.TypePriceLevel,
		ent.TypePaymentType, ent.TypeOrderStatus, ent.TypeStoreMapping, ent.TypeImportSettings, ent.TypeSyncSchedule,
		ent.TypePricingSettings, ent.TypeExportSettings, ent.TypeRegisterRoute, ent.TypeAlertEmailSettings,
	}
	found := map[string]bool{}
	goFiles(t, func(path, text string) {
		folder := filepath.ToSlash(filepath.Dir(path))
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(folder, "test") || strings.HasPrefix(path, "ent/") {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			method, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Query", "Get", "GetX"}, method.Sel.Name) {
				return true
			}
			entity, ok := method.X.(*ast.SelectorExpr)
			if !ok || !slices.Contains(entities, entity.Sel.Name) {
				return true
			}
			only, allowed := settingsReaders[folder]
			if found[folder] = true; !allowed || only != "" && only != entity.Sel.Name {
				t.Errorf("%s reads %s itself: take it from a snapshot of records/settings", files.Position(n.Pos()), entity.Sel.Name)
			}
			return true
		})
	})
	for folder := range settingsReaders {
		if !found[folder] {
			t.Errorf("%s reads no settings: it needs no leave to", folder)
		}
	}
}

// Only tests may take the second lock on tenancy away.
func TestRepositoryKeepsTheSecondLock(t *testing.T) {
	databasetest.NotRaced(t)
	goFiles(t, func(path, text string) {
		if !strings.HasSuffix(path, "_test.go") && filepath.ToSlash(path) != "internal/records/store/driver.go" && strings.Contains(text, "DriverChecking(") {
			t.Errorf("%s chooses how statements are checked: use store.Driver", path)
		}
	})
}

// mostLines is how long a file by hand may be: one that is longer holds more than one idea.
const mostLines = 600

func TestRepositoryFilesAreShort(t *testing.T) {
	databasetest.NotRaced(t)
	goFiles(t, func(path, text string) {
		if lines := strings.Count(text, "\n"); lines > mostLines {
			t.Errorf("%s has %d lines, more than %d", path, lines, mostLines)
		}
	})
}

// The image is built as make builds, with the Go that go.mod asks for; and compose sets nothing that is no setting.
func TestRepositoryDeploysWhatItBuilds(t *testing.T) {
	var mod struct{ Go string }
	if err := json.Unmarshal(goCommand(t, "mod", "edit", "-json"), &mod); err != nil {
		t.Fatal(err)
	}
	minor := strings.Join(strings.SplitN(mod.Go, ".", 3)[:2], ".")
	dockerfile := page(t, "deploy/Dockerfile")
	for _, line := range []string{"FROM golang:" + minor + " AS build", "RUN make build", "COPY --from=build /src/bin/possync /possync", "USER 65532:65532"} {
		if !strings.Contains(dockerfile, "\n"+line+"\n") {
			t.Errorf("deploy/Dockerfile lacks the line %q", line)
		}
	}
	if !strings.Contains(page(t, "Makefile"), "-o bin/possync ") {
		t.Error("make build writes another file than deploy/Dockerfile takes")
	}
	known := map[string]bool{}
	for _, command := range commandLine(t).Model.Children {
		for _, flag := range command.Flags {
			known[flag.Tag.Get("setting")], known[flag.Tag.Get("secret")] = true, true
		}
	}
	for _, name := range regexp.MustCompile(`\bPOSSYNC_[A-Z_]*[A-Z]\b`).FindAllString(page(t, "deploy/compose.yaml")+dockerfile, -1) {
		if !known[name] {
			t.Errorf("%s is set, which is no setting", name)
		}
	}
}

// Nothing is left half done, and nothing speaks of one machine.
func TestRepositoryHasNoLeftovers(t *testing.T) {
	words := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", `panic("not ` + "implemented", "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"}
	goFiles(t, func(path, text string) {
		for _, word := range words {
			if before, _, found := strings.Cut(text, word); found {
				t.Errorf("%s:%d: %q", path, 1+strings.Count(before, "\n"), word)
			}
		}
	})
}
