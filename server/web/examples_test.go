package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"possync/ent"
	"possync/graph"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
)

var writeExamples = flag.Bool("write-examples", false, "write what the examples of docs/api.md answer into docs/examples and into the page")

const (
	examplesPage   = "../../docs/api.md"
	examplesFolder = "../../docs/examples"
)

// exampleBlock is an example in the page, with its name. A new one has nothing between the two comments.
var exampleBlock = regexp.MustCompile(`(?s)<!-- example ([a-z0-9-]+) -->\n.*?<!-- end -->`)

// TestExamples runs the examples of docs/api.md in their order, through the server, on a site that is connected with the sandbox. Each
// answers what docs/examples says, and the page shows it. -write-examples writes both.
func TestExamples(t *testing.T) {
	text, err := os.ReadFile(examplesPage)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		x := newExamples(t, client)
		shown := exampleBlock.ReplaceAllStringFunc(string(text), func(block string) string {
			name := exampleBlock.FindStringSubmatch(block)[1]
			return "<!-- example " + name + " -->\n" + x.run(name) + "<!-- end -->"
		})
		if *writeExamples && db.Dialect == database.SQLite {
			if err := os.WriteFile(examplesPage, []byte(shown), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if shown != string(text) {
			t.Error("docs/api.md does not show its examples as they are: go test ./server/web -run TestExamples -write-examples")
		}
		if len(x.answers) < 40 {
			t.Errorf("only %d examples", len(x.answers))
		}
		files, err := filepath.Glob(examplesFolder + "/*.graphql")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if name := strings.TrimSuffix(filepath.Base(file), ".graphql"); x.answers[name] == nil {
				t.Errorf("docs/api.md does not show the example %s", name)
			}
		}
	})
}

// examples is a site with what the examples are about.
type examples struct {
	t       *testing.T
	shop    *jobstest.Fixture
	api     *api
	answers map[string]any
}

// newExamples connects a site with a sandbox of two shops and a small catalogue. The website sells two products: a bell that is
// linked with its item, and a tube whose barcode another item has.
func newExamples(t *testing.T, client *ent.Client) *examples {
	t.Helper()
	w := jobstest.New(t, client, sandbox.Options{Items: 3, Shops: 2})
	w.Connect("admin")
	w.ImportProduct("bell", "Brass Bell", "012345678905", "Alder", "BB-1", true)
	w.ImportProduct("tube", "Road Tube 700x25", "036000291452", "Alder", "RT-25", true)
	w.Work()
	w.MapAll()
	for _, item := range []struct{ upc, name string }{{"012345678905", "Brass Bell"}, {"036000291452", "Box of Tissues"}} {
		cost := decimal.NewFromInt(8)
		id, err := w.Account.AddItem(sandbox.ItemEdit{Description: &item.name, UPC: &item.upc, DefaultCost: &cost}, decimal.NewFromInt(20))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Account.Receive(id, 1, 5); err != nil {
			t.Fatal(err)
		}
	}
	w.FullSync()
	w.SetUpExports()
	w.NewOrder("1000", jobstest.OrderSpec{Units: 1, Price: 12_000_000, Email: "jo@example.com", Method: "Stripe"})
	a := newAPI(t, client, func(d *graph.Deps) { d.Clock, d.Bus = w.Clock, w.Bus })
	return &examples{t: t, shop: w, api: a, answers: map[string]any{}}
}

// run runs an example and returns what the page shows of it.
func (x *examples) run(name string) string {
	x.t.Helper()
	document := x.read(name + ".graphql")
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		x.t.Fatalf("%s: %v", name, err)
	}
	operation := doc.Operations[0]
	variables := x.variables(name)
	answer := x.ask(operation, document, variables)
	x.answers[name] = answer.tree
	if operation.Operation == ast.Mutation {
		x.shop.Work() // what the change asks for
	}
	file := name + ".answer.json"
	if got := answer.text + "\n"; *writeExamples {
		x.write(file, got)
	} else if want := x.read(file); got != want {
		x.t.Errorf("%s answers\n%swant\n%s", name, got, want)
	}
	shown := "```graphql\n" + document + "```\n"
	if len(variables) > 0 {
		shown += "\n```json\n" + x.read(name+".variables.json") + "```\n"
	}
	return shown + "\n```json\n" + answer.text + "\n```\n"
}

func (x *examples) read(name string) string {
	text, err := os.ReadFile(filepath.Join(examplesFolder, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		x.t.Fatal(err)
	}
	return string(text)
}

func (x *examples) write(name, text string) {
	if err := os.WriteFile(filepath.Join(examplesFolder, name), []byte(text), 0o644); err != nil {
		x.t.Fatal(err)
	}
}

// reference is a variable's value that another example answered: "<locations: locations.0.id>".
var reference = regexp.MustCompile(`^<([a-z0-9-]+): ([A-Za-z0-9.]+)>$`)

// variables returns an example's variables, if it has any.
func (x *examples) variables(name string) map[string]any {
	text := x.read(name + ".variables.json")
	if text == "" {
		return nil
	}
	var tree map[string]any
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		x.t.Fatalf("%s: %v", name, err)
	}
	var resolve func(v any) any
	resolve = func(v any) any {
		switch v := v.(type) {
		case string:
			if m := reference.FindStringSubmatch(v); m != nil {
				return at(x.t, x.answers[m[1]], m[2])
			}
		case []any:
			for i := range v {
				v[i] = resolve(v[i])
			}
		case map[string]any:
			for key := range v {
				v[key] = resolve(v[key])
			}
		}
		return v
	}
	resolve(tree)
	return tree
}

// at returns what stands at a path of an answer's data.
func at(t *testing.T, tree any, path string) any {
	t.Helper()
	for step := range strings.SplitSeq("data."+path, ".") {
		switch v := tree.(type) {
		case map[string]any:
			tree = v[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(v) {
				t.Fatalf("no %s of %s", step, path)
			}
			tree = v[i]
		default:
			t.Fatalf("no %s of %s", step, path)
		}
	}
	return tree
}

type exampleAnswer struct {
	tree any
	text string // as it is shown
}

// ask asks as somebody who may, and takes the first answer of a subscription.
func (x *examples) ask(operation *ast.OperationDefinition, document string, variables map[string]any) exampleAnswer {
	x.t.Helper()
	root := graph.NewSchema(graph.Deps{}).Schema()
	token := "world"
	if operation.Operation == ast.Mutation {
		field, _ := operation.SelectionSet[0].(*ast.Field)
		allow := root.Mutation.Fields.ForName(field.Name).Directives.ForName("allow")
		role := tenant.Role(strings.ToLower(allow.Arguments.ForName("roles").Value.Children[0].Value.Raw))
		if role != tenant.RoleView {
			token += "/" + string(role)
		}
	}
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		x.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(x.t.Context(), http.MethodPost, x.api.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	if operation.Operation == ast.Subscription {
		r.Header.Set("Accept", "text/event-stream")
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		x.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var text []byte
	if operation.Operation == ast.Subscription {
		text = firstEvent(x.t, response.Body)
	} else if text, err = io.ReadAll(response.Body); err != nil {
		x.t.Fatal(err)
	}
	var a exampleAnswer
	if err := json.Unmarshal(text, &a.tree); err != nil {
		x.t.Fatalf("%s: %v", text, err)
	}
	if tree, ok := a.tree.(map[string]any); !ok || tree["errors"] != nil {
		x.t.Fatalf("%s\nanswers %s", document, text)
	}
	a.text = readable(x.t, text)
	return a
}

func firstEvent(t *testing.T, body io.Reader) []byte {
	t.Helper()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return []byte(data)
		}
	}
	t.Fatal("no event")
	return nil
}

// changing are the parts of answers that are others each time, with what is shown in their place.
var changing = []struct {
	pattern *regexp.Regexp
	shown   string
}{
	{regexp.MustCompile(`"([a-z]{3,4})_[0-9a-hjkmnp-tv-z]{26}"`), `"${1}_…"`},
	{regexp.MustCompile(`"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"`), `"2026-05-02T18:20:31Z"`},
	{regexp.MustCompile(`("(?:startCursor|endCursor|cursor|batch)": ?)"[^"]+"`), `${1}"…"`},
	{regexp.MustCompile(`"(level|sequence|done)": ?[0-9.]+`), `"${1}": 12`},
	{regexp.MustCompile(`\?(link|state)=[^"]+"`), `?${1}=…"`},
	{regexp.MustCompile(`http://127\.0\.0\.1:\d+`), `https://pos.example`},
}

// readable formats an answer: what fits into a line stays in it. The cost is left out, as it is in every answer.
func readable(t *testing.T, text []byte) string {
	t.Helper()
	var answer struct{ Data json.RawMessage }
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatal(err)
	}
	shown := `{"data": ` + string(answer.Data) + `}`
	for _, c := range changing {
		shown = c.pattern.ReplaceAllString(shown, c.shown)
	}
	decoder := json.NewDecoder(strings.NewReader(shown))
	decoder.UseNumber()
	out, err := fold(decoder, "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// lineWidth is how long a line of an answer may be.
const lineWidth = 118

// fold reads the next value, and writes it in one line if that is short.
func fold(d *json.Decoder, indent string) (string, error) {
	token, err := d.Token()
	if err != nil {
		return "", err
	}
	opening, ok := token.(json.Delim)
	if !ok {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err := e.Encode(token)
		return strings.TrimSpace(b.String()), err
	}
	inner := indent + "  "
	var parts []string
	for d.More() {
		part := ""
		if opening == '{' {
			key, err := d.Token()
			if err != nil {
				return "", err
			}
			part = fmt.Sprintf("%q: ", key)
		}
		value, err := fold(d, inner)
		if err != nil {
			return "", err
		}
		parts = append(parts, part+value)
	}
	closing, err := d.Token()
	if err != nil {
		return "", err
	}
	line := fmt.Sprintf("%v%s%v", opening, strings.Join(parts, ", "), closing)
	if len(indent)+len([]rune(line)) <= lineWidth && !strings.Contains(line, "\n") {
		return line, nil
	}
	return fmt.Sprintf("%v\n%s%s\n%s%v", opening, inner, strings.Join(parts, ",\n"+inner), indent, closing), nil
}
