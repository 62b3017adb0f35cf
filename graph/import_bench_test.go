package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
	"possync/internal/yardstick"
)

// importBatch is the size of a batch: the most that one mutation takes.
const importBatch = 250

// platform sends batches over HTTP as the website's platform does, and writes the same rows by COPY.
type platform struct {
	b      *testing.B
	db     *database.DB
	ctx    context.Context // acts as the site
	site   *ent.Site
	other  *ent.Site // whose rows COPY writes
	client *ent.Client
	url    string

	times map[string][]time.Duration // of the batches, by case
}

func newPlatform(b *testing.B) *platform {
	b.Helper()
	db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
	p := &platform{b: b, db: db, client: store.NewClient(db), times: map[string][]time.Duration{}}
	p.ctx, p.site = storetest.Site(b, p.client, "a")
	_, p.other = storetest.Site(b, p.client, "copied")
	server := httptest.NewServer(graphtest.New(b, p.client).Handler)
	b.Cleanup(server.Close)
	p.url = server.URL + "/graphql"
	return p
}

// send sends a mutation and notes the time until its answer was read, under the name of the case. All its results must be of the outcome,
// or of one of them.
func (p *platform) send(name, mutation string, rows []row, want ...string) {
	p.b.Helper()
	body, err := json.Marshal(map[string]any{"query": mutation, "variables": row{"in": rows}})
	if err != nil {
		p.b.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.ctx, http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		p.b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer a/"+string(tenant.RoleService)+"/ann")
	begin := time.Now()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		p.b.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	p.times[name] = append(p.times[name], time.Since(begin))
	if _ = response.Body.Close(); err != nil {
		p.b.Fatal(err)
	}
	var got struct {
		Data map[string]struct{ Results []struct{ Outcome string } }
	}
	if err := json.Unmarshal(answer, &got); err != nil || len(got.Data) != 1 {
		p.b.Fatalf("%v: %s", err, answer)
	}
	for _, payload := range got.Data {
		for i, r := range payload.Results {
			if r.Outcome != want[i%len(want)] {
				p.b.Fatalf("%s: row %d is %s: %s", name, i, r.Outcome, answer)
			}
		}
		if len(payload.Results) != len(rows) {
			p.b.Fatalf("%s: %d results for %d rows", name, len(payload.Results), len(rows))
		}
	}
}

// copied is a table whose rows COPY writes once more.
type copied struct{ table, where string }

// copy writes the site's rows of the tables, as they are stored, as those of the other site: by one COPY a table, in one transaction.
func (p *platform) copy(name string, tables ...copied) {
	p.b.Helper()
	columns, rows := make([][]string, len(tables)), make([][][]any, len(tables))
	for i, t := range tables {
		columns[i], rows[i] = p.rows("select * from " + t.table + " where site_id = '" + p.site.ID + "' and " + t.where)
	}
	begin := time.Now()
	tx, err := p.db.SQL.BeginTx(p.ctx, nil)
	if err != nil {
		p.b.Fatal(err)
	}
	for i, t := range tables {
		stmt, err := tx.PrepareContext(p.ctx, `COPY "`+t.table+`" ("`+strings.Join(columns[i], `", "`)+`") FROM STDIN`)
		if err != nil {
			p.b.Fatal(err)
		}
		for _, values := range rows[i] {
			if _, err := stmt.ExecContext(p.ctx, values...); err != nil {
				p.b.Fatal(err)
			}
		}
		if _, err := stmt.ExecContext(p.ctx); err != nil {
			p.b.Fatal(err)
		}
		if err := stmt.Close(); err != nil {
			p.b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		p.b.Fatal(err)
	}
	p.times[name] = append(p.times[name], time.Since(begin))
}

// rows reads rows, and gives them and the orders that they belong to other ids and the other site.
func (p *platform) rows(query string) (columns []string, rows [][]any) {
	p.b.Helper()
	found, err := p.db.SQL.QueryContext(p.ctx, query)
	if err != nil {
		p.b.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	if columns, err = found.Columns(); err != nil {
		p.b.Fatal(err)
	}
	for found.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			p.b.Fatal(err)
		}
		for i, column := range columns {
			switch text, ok := values[i].([]byte); {
			case ok:
				values[i] = string(text)
			case column == "site_id":
				values[i] = p.other.ID
			case column == "id" || column == "order_id":
				values[i] = fmt.Sprint(values[i], "c")
			}
		}
		rows = append(rows, values)
	}
	if err := found.Err(); err != nil {
		p.b.Fatal(err)
	}
	return columns, rows
}

// report reports each case: rows a second of the median batch, and how that compares with COPY's.
func (p *platform) report(work, copied string, bar float64) {
	p.b.Helper()
	median := func(name string) time.Duration {
		slices.Sort(p.times[name])
		return p.times[name][len(p.times[name])/2]
	}
	for name := range p.times {
		p.b.ReportMetric(importBatch/median(name).Seconds(), name+"/s")
		if name != copied {
			yardstick.Report(p.b, yardstick.Row{
				Work: work + ", " + name, Yardstick: "COPY of the same rows", Measured: median(copied).Seconds() / median(name).Seconds(),
				Bar: bar, AtLeast: true, Unit: name + "×COPY",
			})
		}
	}
}

// statements returns how many statements a batch costs, on a client of its own, because counting takes time.
func (p *platform) statements(mutation string, rows []row) float64 {
	p.b.Helper()
	counting, statements := storetest.Counting(p.db)
	graphtest.New(p.b, counting).As(p.b, "a", tenant.RoleService).Get(nil, mutation, row{"in": rows})
	return float64(statements.Take())
}

func benchProducts(from int, price func(i int) string) []row {
	rows := make([]row, importBatch)
	for i := range rows {
		n := from + i
		rows[i] = row{"key": fmt.Sprint("product-", n), "name": fmt.Sprint("Product ", n), "brand": fmt.Sprint("Brand ", n%200),
			"mpn": fmt.Sprint("MPN-", n), "gtin1": fmt.Sprintf("%012d", n), "category": "Bikes", "price": price(i)}
	}
	return rows
}

const importProductsMutation = `mutation($in: [ProductInput!]!) { importProducts(input: {products: $in}) {
	results { key outcome userErrors { code field message } } userErrors { code field message } } }`

// BenchmarkImportProducts imports products in batches of 250 over HTTP on PostgreSQL: new ones, the same again, and with another price
// for every second one. After each batch COPY writes the same rows, so that both see the same machine and tables of the same size. A bar
// is 0.22 of COPY's rows a second.
func BenchmarkImportProducts(b *testing.B) {
	const all = 25_000
	for b.Loop() {
		p := newPlatform(b)
		always := func(price string) func(int) string { return func(int) string { return price } }
		half := func(i int) string { return []string{"1", "2"}[i%2] }
		for from := 0; from < all; from += importBatch {
			p.send("new", importProductsMutation, benchProducts(from, always("1")), "CREATED")
			p.copy("copy", copied{"products", fmt.Sprintf("key in ('%s')", strings.Join(keysOf(from, "product-"), "','"))})
			sequence := p.client.SyncState.Query().OnlyX(p.ctx).FeedSequence
			p.send("same", importProductsMutation, benchProducts(from, always("1")), "UNCHANGED")
			if now := p.client.SyncState.Query().OnlyX(p.ctx).FeedSequence; now != sequence {
				b.Errorf("importing the same again moved the feed from %d to %d", sequence, now)
			}
			p.send("half", importProductsMutation, benchProducts(from, half), "UNCHANGED", "UPDATED")
		}
		p.report("importProducts", "copy", 0.22)
		b.ReportMetric(p.statements(importProductsMutation, benchProducts(all, always("1"))), "new-statements")
		b.ReportMetric(p.statements(importProductsMutation, benchProducts(all, always("1"))), "same-statements")
		b.ReportMetric(p.statements(importProductsMutation, benchProducts(all, half)), "half-statements")
	}
}

func keysOf(from int, prefix string) []string {
	keys := make([]string, importBatch)
	for i := range keys {
		keys[i] = fmt.Sprint(prefix, from+i)
	}
	return keys
}

const importOrdersMutation = `mutation($in: [OrderInput!]!) { importOrders(input: {orders: $in}) {
	results { key outcome userErrors { code field message } } userErrors { code field message } } }`

func benchOrderRows(from, version int, note func(i int) string) []row {
	rows := make([]row, importBatch)
	for i := range rows {
		n := from + i
		line := func(k int) row {
			return row{"key": fmt.Sprint(k), "productKey": fmt.Sprint("product-", (n*3+k)%importBatch), "description": fmt.Sprint("Product ", n*3+k),
				"quantity": "1", "unitPrice": "10"}
		}
		rows[i] = row{
			"key": fmt.Sprint("order-", n), "number": fmt.Sprint("N-", n), "sourceVersion": version, "currencyCode": "USD", "placedAt": "2026-05-01T10:00:00Z",
			"note": note(i),
			"customer": row{"email": fmt.Sprintf("c%d@example.com", n), "firstName": "Ann", "lastName": fmt.Sprint("Lee ", n), "phone": "541 555 0100",
				"address": row{"line1": "1 Main Street", "city": "Portland", "region": "OR", "zip": "97201", "country": "US"}},
			"lines":    []row{line(0), line(1), line(2)},
			"payments": []row{{"key": "p", "method": "Stripe", "amount": "30", "state": "CAPTURED"}},
		}
	}
	return rows
}

// BenchmarkImportOrders imports orders of three lines and a payment in batches of 250 over HTTP on PostgreSQL: new ones, the same again,
// and with another note for every second one. After each batch COPY writes the rows of the same orders, lines and payments. A bar is 0.15
// of COPY's orders a second.
func BenchmarkImportOrders(b *testing.B) {
	const all = 10_000
	for b.Loop() {
		p := newPlatform(b)
		p.send("products", importProductsMutation, benchProducts(0, func(int) string { return "10" }), "CREATED")
		delete(p.times, "products")
		always := func(int) string { return "as ordered" }
		half := func(i int) string { return []string{"as ordered", "changed"}[i%2] }
		for from := 0; from < all; from += importBatch {
			p.send("new", importOrdersMutation, benchOrderRows(from, 1, always), "CREATED")
			keys := "'" + strings.Join(keysOf(from, "order-"), "','") + "'"
			of := "order_id in (select id from web_orders where site_id = '" + p.site.ID + "' and key in (" + keys + "))"
			p.copy("copy", copied{"web_orders", "key in (" + keys + ")"}, copied{"order_lines", of}, copied{"order_payments", of})
			p.send("same", importOrdersMutation, benchOrderRows(from, 1, always), "UNCHANGED")
			p.send("half", importOrdersMutation, benchOrderRows(from, 2, half), "UNCHANGED", "UPDATED")
		}
		p.report("importOrders", "copy", 0.15)
		b.ReportMetric(p.statements(importOrdersMutation, benchOrderRows(all, 1, always)), "new-statements")
		b.ReportMetric(p.statements(importOrdersMutation, benchOrderRows(all, 1, always)), "same-statements")
		b.ReportMetric(p.statements(importOrdersMutation, benchOrderRows(all, 2, half)), "half-statements")
	}
}
