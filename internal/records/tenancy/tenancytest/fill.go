package tenancytest

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql/schema"

	"possync/ent"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Site is a filled site.
type Site struct {
	ID, Key string
	Marker  string              // occurs in every text of the site that is not a key
	Secret  string              // occurs in everything that must not leave the server, besides the marker
	Number  int64               // is a little below every number of the site that is no key and has no bounds of its own
	IDs     map[string][]string // ids by table, in the order in which the rows were made
}

// Context acts as the site.
func (s *Site) Context(ctx context.Context) context.Context { return tenant.WithSite(ctx, s.ID) }

// AllIDs returns the ids of all rows.
func (s *Site) AllIDs() []string {
	var all []string
	for _, ids := range s.IDs {
		all = append(all, ids...)
	}
	slices.Sort(all)
	return all
}

// SomeIDs returns the ids of the first and the last row of each table.
func (s *Site) SomeIDs() []string {
	var some []string
	for _, ids := range s.IDs {
		some = append(some, ids[0], ids[len(ids)-1])
	}
	slices.Sort(some)
	return slices.Compact(some)
}

// FirstIDs returns the id of the first row of each table.
func (s *Site) FirstIDs() []string {
	var first []string
	for _, ids := range s.IDs {
		first = append(first, ids[0])
	}
	slices.Sort(first)
	return first
}

// Spare returns the id of a row of the table to which no row of the site refers by a unique column.
func (s *Site) Spare(table string) string { return s.IDs[table][len(s.IDs[table])-1] }

// Numbers returns the digits with which each such number begins.
func (s *Site) Numbers() string { return strconv.FormatInt(s.Number/10, 10) }

// Fill registers a site and fills it with so many rows of every entity, fewer where a site can have one only, and one more
// where others refer to them (see Spare). Two sites that were filled with the same number have the same keys and numbers,
// and differ in their marker, which must have 5 letters.
func Fill(t testing.TB, client *ent.Client, key, marker string, rows int) *Site {
	t.Helper()
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(marker))
	site := &Site{
		ID: tenant.SiteID(key), Key: key, Marker: marker, Secret: marker + "-secret",
		Number: 10_000 * (1_000 + int64(hash.Sum32()%9_000)), IDs: map[string][]string{},
	}
	ctx := site.Context(t.Context())
	entities := Entities(t, client)
	for _, e := range entities {
		if e.Name == ent.TypeSite {
			client.Site.Create().SetID(site.ID).SetKey(key).SetName(marker + " name").
				SetCurrencyCode("USD").SetTimeZone("America/Los_Angeles").SaveX(ctx)
			site.IDs[e.Table.Name] = []string{site.ID}
			continue
		}
		for i := range site.count(e, entities, rows) {
			values := map[string]any{}
			for _, c := range e.Table.Columns {
				if value, ok := site.value(t, e, c, i); ok {
					values[c.Name] = value
				}
			}
			id, err := e.Create(ctx, values)
			if err != nil {
				t.Fatalf("fill %s: %v", e.Name, err)
			}
			site.IDs[e.Table.Name] = append(site.IDs[e.Table.Name], id)
		}
	}
	return site
}

func (s *Site) count(e Entity, all []Entity, rows int) int {
	for _, index := range e.Table.Indexes {
		if index.Unique && len(index.Columns) == 1 && index.Columns[0].Name == "site_id" {
			return 1
		}
	}
	for _, other := range all {
		for column, table := range other.References() {
			if table == e.Table && columnOf(other.Table, column).Unique {
				return rows + 1
			}
		}
	}
	return rows
}

func columnOf(table *schema.Table, name string) *schema.Column {
	for _, c := range table.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// value makes what row i has in a column.
func (s *Site) value(t testing.TB, e Entity, c *schema.Column, i int) (any, bool) {
	t.Helper()
	if c.Name == "id" || c.Name == "site_id" || strings.HasPrefix(c.Name, "deletion_") { // a site that is being deleted takes no changes
		return nil, false
	}
	if table, ok := e.References()[c.Name]; ok {
		ids := s.IDs[table.Name]
		if i == len(ids)-1 && c.Unique {
			return nil, false // the spare stays free
		}
		return ids[min(i, len(ids)-1)], true
	}
	if special, ok := s.special(e.Table.Name+"."+c.Name, i); ok {
		return special, true
	}
	field, ok := e.fieldOf(c.Name)
	if !ok {
		t.Fatalf("no field for %s.%s", e.Table.Name, c.Name)
	}
	kind := field.Type
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	text := fmt.Sprintf("%s %s %d", s.Marker, c.Name, i+1)
	if inUniqueIndex(e.Table, c.Name) {
		text = fmt.Sprintf("%s-%d", c.Name, i+1)
	}
	if c.Size > 0 && int64(len(text)) > c.Size {
		text = text[:c.Size]
	}
	value := s.make(t, kind, text, i)
	if value.CanInt() && !inUniqueIndex(e.Table, c.Name) && !strings.HasPrefix(c.Name, "lightspeed_") {
		value.SetInt(s.Number + value.Int())
	}
	return value.Interface(), true
}

// special makes what would be wrong otherwise.
func (s *Site) special(column string, i int) (any, bool) {
	switch column {
	case "pos_items.candidate_ids":
		return s.IDs["products"], true
	case "pos_items.rival_ids":
		return s.IDs["pos_items"], true
	case "order_lines.fulfillments":
		return []retail.Fulfillment{{By: retail.ByStore, Location: s.IDs["locations"][0], Quantity: retail.Quantity(s.Number)}}, true
	case "pos_items.match_state":
		return retail.MatchLinked, true
	case "pos_items.reason_bits":
		return retail.ReasonNoCost.Found() | retail.ReasonNoMPN.Found(), true
	case "audit_chains.sequence":
		return 1000, true // not below any entry's
	case "audit_events.action":
		return "UPDATE_IMPORT_SETTINGS", true
	case "audit_events.role":
		return "manage", true
	case "sync_states.sequence":
		return 1000, true // not below any run's
	case "export_desks.sequence":
		return 2000, true // not below any event's
	case "export_events.sequence":
		return 1000 + i, true
	case "sync_runs.sequence", "sync_schedules.interval_minutes", "sync_schedules.window_start", "sync_schedules.window_end":
		return i + 1, true
	case "sync_runs.scope_shop_id":
		return int64(i + 1), true
	case "products.name_order", "products.brand_order", "products.category_path": // package store makes these
		return nil, false
	case "products.category":
		return fmt.Sprintf("%s category/%d", s.Marker, i+1), true
	case "products.price_bits":
		return retail.PriceBits(i), true
	case "products.list_units":
		return int64(i), true
	case "sync_states.listed_sequence", "sync_states.listed_all_sequence":
		return int64(0), true
	case "display_samples.date":
		return retail.Date(fmt.Sprintf("2026-05-%02d", i+1)), true
	case "products.sale_start_date":
		return retail.Date("2026-05-01"), true
	case "products.sale_end_date":
		return retail.Date("2026-05-31"), true
	case "pos_items.archived", "shops.archived", "price_levels.archived", "products.match_pending", "pos_items.match_pending":
		return false, true
	case "match_decisions.replaced": // of an item that is not there, so that nothing is restored
		return []retail.ReplacedDecision{{ID: "dec_replaced", ItemID: "itm_gone", ProductID: "prd_gone", Kind: retail.DecisionLink, By: s.Marker}}, true
	}
	return nil, false
}

func inUniqueIndex(table *schema.Table, column string) bool {
	for _, index := range table.Indexes {
		for _, c := range index.Columns {
			if index.Unique && c.Name == column {
				return true
			}
		}
	}
	return false
}

// make makes a value of a type: texts hold the text, numbers count the rows, an enum takes one of its values in turn.
func (s *Site) make(t testing.TB, kind reflect.Type, text string, i int) reflect.Value {
	t.Helper()
	v := reflect.New(kind).Elem()
	if enum, ok := v.Interface().(interface{ Values() []string }); ok {
		values := enum.Values()
		v.SetString(values[(i+1)%len(values)])
		return v
	}
	switch kind.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(i + 1))
	case reflect.Float64:
		v.SetFloat(float64(i) + 0.5)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		if kind == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 5, 2, 18, i, 0, 0, time.UTC)))
			break
		}
		for n := range kind.NumField() {
			v.Field(n).Set(s.make(t, kind.Field(n).Type, text, i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(kind))
		v.SetMapIndex(s.make(t, kind.Key(), text, i), s.make(t, kind.Elem(), text, i))
	case reflect.Slice:
		if kind.Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(s.Secret + " " + strings.TrimPrefix(text, s.Marker)))
			break
		}
		v = reflect.Append(v, s.make(t, kind.Elem(), text, i))
	default:
		t.Fatalf("cannot make a %s: teach this function to", kind)
	}
	return v
}

// Values returns what another row of the entity could have, its keys being new.
func (s *Site) Values(t testing.TB, e Entity) map[string]any {
	t.Helper()
	values := map[string]any{}
	for _, c := range e.Table.Columns {
		if value, ok := s.value(t, e, c, 900); ok {
			values[c.Name] = value
		}
	}
	return values
}

// Texts returns a new value for each text of a row that may change, but for those with a meaning (enums, codes).
func (s *Site) Texts(e Entity) map[string]any {
	values := map[string]any{}
	for _, name := range e.Mutable() {
		field, _ := e.fieldOf(name)
		_, reference := e.References()[name]
		if c := columnOf(e.Table, name); field.Type == reflect.TypeFor[string]() && !reference && (c.Size == 0 || c.Size > 10) {
			values[name] = s.Marker + " changed"
		}
	}
	return values
}

// Shared returns those of the Texts that many rows may have at once: keys are left out.
func (s *Site) Shared(e Entity) map[string]any {
	values := s.Texts(e)
	maps.DeleteFunc(values, func(name string, _ any) bool { return inUniqueIndex(e.Table, name) })
	return values
}
