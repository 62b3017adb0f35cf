package graph_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
	"time"

	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/internal/yardstick"
)

// ownDocuments are what other front ends ask for that the pages do not.
var ownDocuments = map[string]string{
	"ItemsByStock": `{ posItems(first: 50, orderBy: { field: STOCK, direction: DESC }) { edges { node { description diagnosis { displayed } } } } }`,
	"InStockNotLinked": `{ posItems(first: 50, where: { inStock: true, linked: false }, orderBy: { field: STOCK, direction: DESC }) {
		totalCount edges { node { description stock { shop { name } onHand } } } } }`,
	"ItemCount":  `{ posItems(first: 1) { totalCount } }`,
	"OrderCount": `{ orders(first: 1) { totalCount } }`,
}

// BenchmarkPageDocuments asks over the API's handler for what the pages show, of 100,000 items and 100,000 orders.
func BenchmarkPageDocuments(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			s, _ := benchPages(b, dialect)
			s.Enqueue(retail.KindFull)
			item := s.Client.PosItem.Create().SetLightspeedID(1).SetDescription("Tube").SetMatchState(retail.MatchConflict).
				SetMatchReason(retail.MatchRival).SetCandidateIds([]string{"prd_1001"}).SaveX(s.Ctx)
			documents, variables := pageDocuments(b), pageVariables(pageRows{
				item: item.ID, lightspeedItem: "1001", product: "prd_1001", order: "o1100", run: s.Run.ID,
			})
			delete(documents, "Preview") // evaluates every item, and is no list: BenchmarkPreview
			for name, query := range ownDocuments {
				documents[name], variables[name] = query, []map[string]any{nil}
			}
			for _, name := range slices.Sorted(maps.Keys(documents)) {
				for i, v := range variables[name] {
					b.Run(name+"/"+strconv.Itoa(i), func(b *testing.B) {
						body, err := json.Marshal(map[string]any{"query": documents[name], "variables": v})
						if err != nil {
							b.Fatal(err)
						}
						var took []time.Duration
						for b.Loop() {
							r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
							r.Header.Set("Content-Type", "application/json")
							r.Header.Set("Authorization", "Bearer "+s.Site.Key+"/"+string(tenant.RoleManage)+"/ann")
							w := httptest.NewRecorder()
							begin := time.Now()
							s.API.Handler.ServeHTTP(w, r)
							took = append(took, time.Since(begin))
							if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
								b.Fatalf("%d %.1000s", w.Code, w.Body.Bytes())
							}
						}
						slices.Sort(took)
						report := yardstick.Row{
							Work: "page document " + name + " " + strconv.Itoa(i) + ", " + dialect, Yardstick: "median, 100,000 items and orders",
							Measured: float64(took[len(took)/2].Microseconds()) / 1e3, Bar: 60, Unit: "ms",
						}
						if name == "Facets" {
							report.Bar = 100
						}
						yardstick.Report(b, report)
					})
				}
			}
		})
	}
}
