package graph_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph/graphtest"
	"possync/internal/tenant"
	"possync/internal/yardstick"
)

// weighed is a document that is as large as it may be, with the CPU that it has taken.
type weighed struct {
	name, query string
	cost        int
	cpu         time.Duration
}

// BenchmarkWorstDocument looks for the document that takes most CPU of those that are accepted, previews apart: each root field as often and
// with as long a page as the limits let it, with its own leaves, with each of the objects below it, and with all of them. What
// PostgreSQL takes is its own; SQLite works in the process.
func BenchmarkWorstDocument(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			s, _ := benchPages(b, dialect)
			ask := func(query string) (w *httptest.ResponseRecorder, cpu time.Duration) {
				body, err := json.Marshal(map[string]any{"query": query})
				if err != nil {
					b.Fatal(err)
				}
				r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Authorization", "Bearer "+s.Site.Key+"/"+string(tenant.RoleManage)+"/ann")
				w = httptest.NewRecorder()
				begin := processCPU(b)
				s.API.Handler.ServeHTTP(w, r)
				return w, processCPU(b) - begin
			}
			var all []weighed
			for name, variants := range largeDocuments() {
				var accepted *weighed
				for _, query := range variants { // the largest first
					answer, cpu := ask(query)
					if cost, ok := costOf(answer.Body.Bytes()); ok {
						accepted = &weighed{name, query, cost, cpu}
						break
					}
				}
				if accepted == nil {
					continue // what is below it alone is measured
				}
				all = append(all, *accepted)
			}
			byCPU := func(x, y weighed) int { return cmp.Compare(y.cpu, x.cpu) }
			slices.SortFunc(all, byCPU)
			all = all[:12]
			for b.Loop() {
				for i := range all { // once more, and often enough
					var took []time.Duration
					for range 5 {
						_, cpu := ask(all[i].query)
						took = append(took, cpu)
					}
					slices.Sort(took)
					all[i].cpu = took[len(took)/2]
				}
			}
			slices.SortFunc(all, byCPU)
			for _, d := range all {
				b.Logf("%5.1f ms of CPU, cost %5d: %.120s", float64(d.cpu.Microseconds())/1e3, d.cost, d.query)
			}
			yardstick.Report(b, yardstick.Row{
				Work: "worst accepted document (" + all[0].name + "), " + dialect, Yardstick: "CPU of the server, 100,000 items and orders",
				Measured: float64(all[0].cpu.Microseconds()) / 1e3, Bar: 50, Unit: "ms-CPU",
			})
		})
	}
}

func processCPU(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// costOf returns what a document has cost, if it was accepted.
func costOf(answer []byte) (int, bool) {
	var a struct {
		Data       json.RawMessage
		Extensions struct{ Cost struct{ Requested int } }
	}
	ok := json.Unmarshal(answer, &a) == nil && len(a.Data) > 0 && string(a.Data) != "null"
	return a.Extensions.Cost.Requested, ok
}

// largeDocuments returns documents by what they ask for, each in several sizes, the largest first.
func largeDocuments() map[string][]string {
	schema := schema()
	found := map[string][]string{}
	for _, field := range rootFields(schema.Query) {
		if strings.HasPrefix(field.Name, "preview") || field.Name == "node" || field.Name == "nodes" {
			continue
		}
		arguments, paged := "", field.Arguments.ForName("first") != nil
		switch {
		case field.Name == "exportTotals":
			arguments = `(fromDate: "2026-04-01", toDate: "2026-05-01")`
		case field.Name == "displayHistory":
			arguments = `(days: 90)`
		case field.Name == "budgetSamples":
			arguments = `(last: 100)`
		case field.Name == "product":
			arguments = `(key: "k2001")`
		case field.Name == "order":
			arguments = `(key: "o1100")`
		case field.Name == "posItem":
			arguments = `(lightspeedItemId: "2001")`
		}
		def := schema.Types[field.Type.Name()]
		for name, selection := range selections(schema, def) {
			sizes := []int{0}
			if paged {
				sizes = []int{100, 50, 20, 8, 2}
			}
			if field.Name == "productFeed" {
				sizes = []int{1000, 600, 400, 250, 100}
			}
			for _, times := range []int{20, 9, 6, 3, 1} {
				for _, size := range sizes {
					given := arguments
					if size > 0 {
						given = fmt.Sprintf("(first: %d)", size)
					}
					var b strings.Builder
					b.WriteString("{ ")
					for i := range times {
						fmt.Fprintf(&b, "a%d: %s%s %s ", i, field.Name, given, selection)
					}
					b.WriteString("}")
					if size*times > 1000 && field.Name != "productFeed" {
						continue
					}
					found[field.Name+" "+name] = append(found[field.Name+" "+name], b.String())
				}
			}
		}
	}
	found["introspection"] = []string{}
	for _, times := range []int{9, 6, 4, 2, 1} {
		var b strings.Builder
		b.WriteString("{ ")
		for i := range times {
			fmt.Fprintf(&b, "a%d: __schema { types { name description kind fields { name description args { name description type { name kind } } type { name kind ofType { name kind } } } inputFields { name description } enumValues { name description } } } ", i)
		}
		b.WriteString("}")
		found["introspection"] = append(found["introspection"], b.String())
	}
	return found
}

// selections returns selections of a type: its leaves, these with each object below it, and everything.
func selections(schema *ast.Schema, def *ast.Definition) map[string]string {
	if !def.IsCompositeType() {
		return map[string]string{"": ""}
	}
	// Of a list it is its rows that count.
	row, before, after := def, "", ""
	for _, step := range []string{"edges", "node"} {
		if next := row.Fields.ForName(step); next != nil {
			row, before, after = schema.Types[next.Type.Name()], before+"{ "+step+" ", " }"+after
		}
	}
	if next := row.Fields.ForName("products"); row.Name == "ProductFeed" && next != nil {
		row, before, after = schema.Types[next.Type.Name()], "{ products ", " }"
	}
	leaves := ""
	found := map[string]string{}
	for _, f := range row.Fields {
		if !schema.Types[f.Type.Name()].IsCompositeType() && len(f.Arguments) == 0 {
			leaves += f.Name + " "
		}
	}
	found["leaves"] = before + "{ " + leaves + "}" + after
	for _, f := range row.Fields {
		child := schema.Types[f.Type.Name()]
		if !child.IsCompositeType() || child.IsAbstractType() || strings.HasPrefix(f.Name, "__") {
			continue
		}
		inner := ""
		for _, g := range child.Fields {
			if !schema.Types[g.Type.Name()].IsCompositeType() && len(g.Arguments) == 0 {
				inner += g.Name + " "
			}
		}
		if inner != "" {
			found[f.Name] = before + "{ " + f.Name + " { " + inner + "} }" + after
			found[f.Name+" and leaves"] = before + "{ " + leaves + f.Name + " { " + inner + "} }" + after
		}
	}
	found["everything"] = before + graphtest.Selection(schema, row, 1) + after
	return found
}
