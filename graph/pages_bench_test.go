package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"possync/internal/database"
	"possync/internal/tenant"
	"possync/internal/yardstick"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

// benchPage is a request with the statement that reads the same, as well as it can be written: it answers with JSON. {obj} and {arr} make an
// object and a list, {list} … {end} is a list as a value.
type benchPage struct {
	name, query, sql string
	bar              float64 // how many times as long as the statement it may take
}

var benchedPages = []benchPage{
	{"products", `{ products(first: 50) { edges { node { key name effectivePrice { price { amount } } stock { location { name } onHand available asOf } } } } }`, `
		SELECT {arr}({obj}('key', p."key", 'name', p.name, 'price', p.price, 'stock', {list} SELECT {arr}({obj}('location', l.name, 'onHand', coalesce(s.on_hand, 0),
			'available', CASE WHEN coalesce(s.on_hand, 0) - l.reserve - coalesce(h.held, 0) > 0 THEN coalesce(s.on_hand, 0) - l.reserve - coalesce(h.held, 0) ELSE 0 END,
			'asOf', sh.stock_as_of))
			FROM store_mappings m JOIN shops sh ON sh.id = m.shop_id JOIN locations l ON l.id = m.location_id
			LEFT JOIN shop_stocks s ON s.site_id = m.site_id AND s.lightspeed_item_id = p.lightspeed_id AND s.lightspeed_shop_id = sh.lightspeed_id
			LEFT JOIN (SELECT coalesce(ol.location_id, o.pickup_location_id, (SELECT mm.location_id FROM export_settings x JOIN registers r ON r.id = x.register_id
					JOIN shops z ON z.site_id = x.site_id AND z.lightspeed_id = r.lightspeed_shop_id JOIN store_mappings mm ON mm.shop_id = z.id WHERE x.site_id = p.site_id)) AS location_id,
					sum(ol.held_units) AS held FROM order_lines ol JOIN web_orders o ON o.id = ol.order_id
				LEFT JOIN order_exports e ON e.order_id = o.id WHERE ol.site_id = p.site_id AND ol.product_id = p.id AND ol.held_units > 0
				AND (e.id IS NULL OR NOT e.sent) GROUP BY 1) AS h ON h.location_id = l.id
			WHERE m.site_id = p.site_id {end}))
		FROM (SELECT p.id, p.site_id, p."key", p.name, p.price, i.lightspeed_id FROM products p LEFT JOIN pos_items i ON i.product_id = p.id
			WHERE p.site_id = $1 ORDER BY p.name_order, p.id LIMIT 51) AS p`, 3},
	{"orders", `{ orders(first: 20) { edges { node { number exportState balanceDue { amount } exportBlockers { code message } } } } }`, `
		SELECT {arr}({obj}('number', o.number, 'exportState', o.export_state, 'balanceDue', o.balance_due, 'blockers', o.blocker_bits,
			'unlinked', {list} SELECT {arr}(l.description) FROM order_lines l LEFT JOIN pos_items i ON i.product_id = l.product_id
				WHERE l.order_id = o.id AND NOT l.removed AND l.kind = 'PRODUCT' AND i.id IS NULL {end},
			'methods', {list} SELECT {arr}(p.method) FROM order_payments p WHERE p.order_id = o.id AND p.state = 'CAPTURED' {end}))
		FROM (SELECT * FROM web_orders o WHERE o.site_id = $1 ORDER BY placed_at DESC, id DESC LIMIT 21) AS o`, 5},
	{"items", `{ posItems(first: 50) { edges { node { description diagnosis { displayed reasons { code message blocking } } } } } }`, `
		SELECT {arr}({obj}('id', i.id, 'description', i.description, 'displayed', i.displayed, 'held', i.display_held, 'reasons', i.reason_bits))
		FROM (SELECT * FROM pos_items WHERE site_id = $1 ORDER BY id LIMIT 51) AS i`, 3},
	{"items-counted", `{ posItems(first: 50, where: { displayed: false }) { totalCount edges { node { description diagnosis { reasons { code message } } } } } }`, `
		SELECT {obj}('count', (SELECT count(*) FROM pos_items WHERE site_id = $1 AND NOT displayed), 'items', {list}
			SELECT {arr}({obj}('id', i.id, 'description', i.description, 'displayed', i.displayed, 'held', i.display_held, 'reasons', i.reason_bits))
			FROM (SELECT * FROM pos_items WHERE site_id = $1 AND NOT displayed ORDER BY id LIMIT 51) AS i {end})`, 3},
	{"summary", `{ diagnosisSummary { total displayed notDisplayed reasons { code count } } }`, `
		SELECT {arr}({obj}('bits', g.reason_bits, 'displayed', g.displayed, 'count', g.count))
		FROM (SELECT reason_bits, displayed, count(*) AS count FROM pos_items WHERE site_id = $1 GROUP BY reason_bits, displayed) AS g`, 1.4},
	{"count", `{ posItems(first: 1) { totalCount } }`, `SELECT {obj}('count', count(*)) FROM pos_items WHERE site_id = $1`, 1.4},
	{"settings", settingsQuery, `
		SELECT {obj}('revision', t.settings_revision,
			'link', {list} SELECT {arr}({obj}('state', l.state, 'account', l.account_id, 'name', l.account_name, 'employee', l.employee_name, 'by', l.connected_by, 'at', l.connected_at))
				FROM lightspeed_links l WHERE l.site_id = t.site_id {end},
			'shops', {list} SELECT {arr}({obj}('id', s.id, 'name', s.name, 'archived', s.archived)) FROM shops s WHERE s.site_id = t.site_id {end},
			'locations', {list} SELECT {arr}({obj}('id', l.id, 'key', l."key", 'name', l.name)) FROM locations l WHERE l.site_id = t.site_id {end},
			'mappings', {list} SELECT {arr}({obj}('shop', m.shop_id, 'location', m.location_id)) FROM store_mappings m WHERE m.site_id = t.site_id {end},
			'import', {list} SELECT {arr}({obj}('revision', i.revision, 'onHand', i.on_hand, 'onOrder', i.on_order, 'reorder', i.reorder, 'cost', i.cost_basis,
				'codes', i.required_identifiers, 'links', i.barcode_links)) FROM import_settings i WHERE i.site_id = t.site_id {end},
			'schedule', {list} SELECT {arr}({obj}('revision', i.revision, 'interval', i.interval_minutes, 'start', i.window_start, 'end', i.window_end))
				FROM sync_schedules i WHERE i.site_id = t.site_id {end},
			'levels', {list} SELECT {arr}({obj}('id', i.id, 'name', i.name, 'archived', i.archived)) FROM price_levels i WHERE i.site_id = t.site_id {end},
			'pricing', {list} SELECT {arr}({obj}('revision', i.revision, 'enabled', i.enabled, 'regular', i.regular_level_id, 'sale', i.sale_level_id))
				FROM pricing_settings i WHERE i.site_id = t.site_id {end},
			'export', {list} SELECT {arr}({obj}('revision', x.revision, 'enabled', x.enabled, 'employee', (SELECT e.name FROM employees e WHERE e.id = x.employee_id),
				'register', (SELECT r.name FROM registers r WHERE r.id = x.register_id), 'status', x.status_after_id, 'fulfilled', x.when_fulfilled, 'unlinked', x.unlinked_lines,
				'tax', x.tax_handling, 'supplier', x.supplier_lines, 'open', x.open_orders)) FROM export_settings x WHERE x.site_id = t.site_id {end},
			'routes', {list} SELECT {arr}({obj}('location', r.location_id, 'register', r.register_id)) FROM register_routes r WHERE r.site_id = t.site_id {end})
		FROM sync_states t WHERE t.site_id = $1`, 2},
}

// BenchmarkPages asks over the API's handler for what the platform and the settings pages ask for most. Its median is set against that of a
// handler which checks the token and hands over the JSON of one prepared statement. They take turns.
func BenchmarkPages(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			s, db := benchPages(b, dialect)
			words := strings.NewReplacer("{obj}", "json_object", "{arr}", "json_group_array", "{list}", "json((", "{end}", "))")
			if db.Dialect == database.Postgres {
				words = strings.NewReplacer("{obj}", "json_build_object", "{arr}", "json_agg", "{list}", "(", "{end}", ")")
			}
			for _, p := range benchedPages {
				plain, err := db.SQL.PrepareContext(b.Context(), words.Replace(p.sql))
				if err != nil {
					b.Fatalf("%s: %v", p.name, err)
				}
				statement := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					var asked struct{ Query string }
					if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
						b.Error(err)
					}
					token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
					if !strings.HasPrefix(token, s.Site.Key+"/") {
						b.Error("a token of another site")
					}
					var data []byte
					if err := plain.QueryRowContext(r.Context(), s.Site.ID).Scan(&data); err != nil {
						b.Error(err)
					}
					_, _ = w.Write(data)
				})
				body, err := json.Marshal(map[string]any{"query": p.query})
				if err != nil {
					b.Fatal(err)
				}
				ask := func(h http.Handler) (time.Duration, int) {
					r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
					r.Header.Set("Content-Type", "application/json")
					r.Header.Set("Authorization", "Bearer "+s.Site.Key+"/"+string(tenant.RoleView)+"/ann")
					w := httptest.NewRecorder()
					begin := time.Now()
					h.ServeHTTP(w, r)
					took := time.Since(begin)
					if answer := w.Body.Bytes(); w.Code != http.StatusOK || bytes.Contains(answer, []byte(`"errors"`)) || len(answer) < 15 {
						b.Fatalf("%s: %d %.2000s", p.name, w.Code, answer)
					}
					return took, w.Body.Len()
				}
				b.Run(p.name, func(b *testing.B) {
					var api, raw []time.Duration
					for b.Loop() {
						took, _ := ask(s.API.Handler)
						api = append(api, took)
						took, _ = ask(statement)
						raw = append(raw, took)
					}
					slices.Sort(api)
					slices.Sort(raw)
					a, r := api[len(api)/2], raw[len(raw)/2]
					b.ReportMetric(float64(a.Microseconds())/1e3, "ms")
					b.ReportMetric(float64(r.Microseconds())/1e3, "plain-ms")
					row := yardstick.Row{
						Work: p.name + " page, " + dialect, Yardstick: "one plain statement", Measured: float64(a) / float64(r), Bar: p.bar, Unit: "×plain",
					}
					yardstick.Report(b, row)
				})
			}
		})
	}
}
