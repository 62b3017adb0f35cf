// Package tenancytest fills a site with rows of everything that is stored, found by reflection, so that tests can try
// whether another site gets at any of it. An entity or field that is added later takes part without being named here.
package tenancytest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"

	"possync/ent"
	"possync/ent/migrate"
	"possync/internal/tenant"
)

// Entity is a kind of row, used by reflection through its generated client.
type Entity struct {
	Name   string
	Table  *schema.Table
	client reflect.Value
	row    reflect.Type // the generated struct
}

// Entities returns every entity of the client that is a tenant or belongs to one, parents before those that refer to them.
func Entities(t testing.TB, client *ent.Client) []Entity {
	t.Helper()
	all := reflect.ValueOf(client).Elem()
	var waiting []Entity
	others := 0
	for i := range all.NumField() {
		field := all.Type().Field(i)
		if !field.IsExported() || !all.Field(i).MethodByName("Create").IsValid() || all.Field(i).Type() == reflect.TypeOf(client.Schema) {
			continue
		}
		e := Entity{Name: field.Name, Table: tableOf(t, all.Field(i)), client: all.Field(i)}
		if e.Table == nil {
			t.Fatalf("entity %s has no table", e.Name)
		}
		if columnOf(e.Table, "site_id") == nil && e.Name != ent.TypeSite {
			others++
			continue
		}
		get, _ := e.client.Type().MethodByName("Get")
		e.row = get.Type.Out(0).Elem()
		waiting = append(waiting, e)
	}
	if len(waiting)+others != len(migrate.Tables) {
		t.Fatalf("%d entities for %d tables", len(waiting)+others, len(migrate.Tables))
	}
	var sorted []Entity
	done := map[string]bool{}
	for len(waiting) > 0 {
		var left []Entity
		for _, e := range waiting {
			ready := true
			for _, fk := range e.Table.ForeignKeys {
				ready = ready && (done[fk.RefTable.Name] || fk.RefTable == e.Table)
			}
			if ready {
				sorted = append(sorted, e)
				done[e.Table.Name] = true
			} else {
				left = append(left, e)
			}
		}
		if len(left) == len(waiting) {
			t.Fatalf("%d entities refer to each other in a circle", len(left))
		}
		waiting = left
	}
	return sorted
}

// tableOf returns the table that queries of the entity read, whatever it is called.
func tableOf(t testing.TB, client reflect.Value) *schema.Table {
	t.Helper()
	name := ""
	where := client.MethodByName("Query").Call(nil)[0].MethodByName("Where")
	note := reflect.ValueOf(func(s *sql.Selector) { name = s.TableName() }).Convert(where.Type().In(0).Elem())
	query := where.Call([]reflect.Value{note})[0]
	answer := query.MethodByName("Exist").Call([]reflect.Value{reflect.ValueOf(tenant.System(t.Context()))})
	if err, failed := answer[1].Interface().(error); failed {
		t.Fatal(err)
	}
	for _, table := range migrate.Tables {
		if table.Name == name {
			return table
		}
	}
	return nil
}

// References returns the columns that refer to other rows, the site's own aside, with the tables they refer to.
func (e Entity) References() map[string]*schema.Table {
	references := map[string]*schema.Table{}
	for _, fk := range e.Table.ForeignKeys {
		if column := fk.Columns[0]; column.Name != "site_id" {
			references[column.Name] = fk.RefTable
		}
	}
	return references
}

// Create adds a row with the given columns and returns its id.
func (e Entity) Create(ctx context.Context, values map[string]any) (string, error) {
	builder := e.client.MethodByName("Create").Call(nil)[0]
	if err := setFields(builder, values); err != nil {
		return "", err
	}
	out := builder.MethodByName("Save").Call([]reflect.Value{reflect.ValueOf(ctx)})
	if err := errorOf(out[1]); err != nil {
		return "", err
	}
	return out[0].Elem().FieldByName("ID").String(), nil
}

// IDs returns the ids of all rows that the context can read.
func (e Entity) IDs(ctx context.Context) ([]string, error) {
	out := e.client.MethodByName("Query").Call(nil)[0].MethodByName("IDs").Call([]reflect.Value{reflect.ValueOf(ctx)})
	ids, _ := out[0].Interface().([]string)
	return ids, errorOf(out[1])
}

// Get reads one row.
func (e Entity) Get(ctx context.Context, id string) error {
	out := e.client.MethodByName("Get").Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(id)})
	return errorOf(out[1])
}

// UpdateOne changes one row.
func (e Entity) UpdateOne(ctx context.Context, id string, values map[string]any) error {
	builder := e.client.MethodByName("UpdateOneID").Call([]reflect.Value{reflect.ValueOf(id)})[0]
	if err := setFields(builder, values); err != nil {
		return err
	}
	return errorOf(builder.MethodByName("Exec").Call([]reflect.Value{reflect.ValueOf(ctx)})[0])
}

// UpdateAll changes every row that the context can reach.
func (e Entity) UpdateAll(ctx context.Context, values map[string]any) error {
	builder := e.client.MethodByName("Update").Call(nil)[0]
	if err := setFields(builder, values); err != nil {
		return err
	}
	return errorOf(builder.MethodByName("Exec").Call([]reflect.Value{reflect.ValueOf(ctx)})[0])
}

// DeleteOne deletes one row.
func (e Entity) DeleteOne(ctx context.Context, id string) error {
	builder := e.client.MethodByName("DeleteOneID").Call([]reflect.Value{reflect.ValueOf(id)})[0]
	return errorOf(builder.MethodByName("Exec").Call([]reflect.Value{reflect.ValueOf(ctx)})[0])
}

// DeleteAll deletes every row that the context can reach.
func (e Entity) DeleteAll(ctx context.Context) error {
	builder := e.client.MethodByName("Delete").Call(nil)[0]
	return errorOf(builder.MethodByName("Exec").Call([]reflect.Value{reflect.ValueOf(ctx)})[1])
}

// Mutable returns the columns that an update may set, site_id aside.
func (e Entity) Mutable() []string {
	var columns []string
	builder := e.client.MethodByName("Update").Call(nil)[0]
	for _, c := range e.Table.Columns {
		field, ok := e.fieldOf(c.Name)
		if !ok || c.Name == "id" {
			continue
		}
		if builder.MethodByName("Set" + field.Name).IsValid() {
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// fieldOf finds the struct's field of a column. A field that is stored under another name than its own is the one in its place
// among those: columns and fields are in the order of the schema.
func (e Entity) fieldOf(column string) (reflect.StructField, bool) {
	byName := func(column string) (reflect.StructField, bool) {
		for i := range e.row.NumField() {
			if isField(e.row.Field(i), column) {
				return e.row.Field(i), true
			}
		}
		return reflect.StructField{}, false
	}
	if field, ok := byName(column); ok {
		return field, true
	}
	place := 0
	for _, c := range e.Table.Columns {
		if c.Name == column {
			break
		}
		if _, ok := byName(c.Name); !ok {
			place++
		}
	}
	for i := range e.row.NumField() {
		field := e.row.Field(i)
		isColumn := func(c *schema.Column) bool { return isField(field, c.Name) }
		if !field.IsExported() || field.Anonymous || field.Name == "Edges" || slices.ContainsFunc(e.Table.Columns, isColumn) {
			continue
		}
		if place == 0 {
			return field, true
		}
		place--
	}
	return reflect.StructField{}, false
}

// isField reports whether a field of the struct bears the name of a column.
func isField(field reflect.StructField, column string) bool {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name == column || name == "-" && strings.EqualFold(field.Name, strings.ReplaceAll(column, "_", ""))
}

func setFields(builder reflect.Value, values map[string]any) error {
	mutation, ok := builder.MethodByName("Mutation").Call(nil)[0].Interface().(ent.Mutation)
	if !ok {
		return fmt.Errorf("%s has no mutation", builder.Type())
	}
	for column, value := range values {
		if err := mutation.SetField(column, value); err != nil {
			return fmt.Errorf("set %s.%s: %w", mutation.Type(), column, err)
		}
	}
	return nil
}

func errorOf(v reflect.Value) error {
	err, _ := v.Interface().(error)
	return err
}
