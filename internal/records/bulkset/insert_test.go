package bulkset_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/orderline"
	"possync/ent/product"
	"possync/internal/database"
	"possync/internal/pid"
	"possync/internal/records/bulkset"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

var byKey = bulkset.Conflict{Columns: []string{product.FieldKey}, Keep: []string{product.FieldID, product.FieldCreatedAt, product.FieldCategory}}

// Rows are stored as they are, in their own site, and take over what they have where they are stored already.
func TestInsert(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		others, other := storetest.Site(t, client, "b")
		now := storetest.Now()
		theirs := client.Product.Create().SetKey("0").SetName("Theirs").SaveX(others)
		held := retail.Amount(-5)
		var rows []*ent.Product
		for i, text := range []string{"plain", "", `"quoted" and \escaped\`, "{a,b},NULL", "NULL", "two\nlines\t ", "Ünï 🚲", "it's"} {
			rows = append(rows, &ent.Product{
				ID: pid.New("prd"), SiteID: other.ID, Key: fmt.Sprint(i), Name: text, Category: text, Price: retail.Amount(i) << 40, Active: i%2 == 0,
				ContentHash: -1, CreatedAt: now, UpdatedAt: now.Add(time.Duration(i) * time.Microsecond), FeedSequence: 7,
			})
		}
		rows[1].HeldPrice, rows[1].StaleCodes = &held, []string{`"`, `\`, "é", ""}
		if err := bulkset.Insert(ctx, client, migrate.ProductsTable, rows, byKey); err != nil {
			t.Fatal(err)
		}
		check := func(what string) {
			t.Helper()
			for _, r := range rows {
				r.SiteID = site.ID
			}
			ignored := cmp.Options{cmpopts.IgnoreUnexported(ent.Product{}, ent.ProductEdges{}), cmpopts.EquateApproxTime(0)}
			if diff := cmp.Diff(rows, client.Product.Query().Order(ent.Asc(product.FieldKey)).AllX(ctx), ignored); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		check("new")
		again := *rows[2]
		again.ID, again.Name, again.Category, again.StaleCodes, again.SiteID = pid.New("prd"), "changed", "changed", []string{"x"}, other.ID
		if err := bulkset.Insert(ctx, client, migrate.ProductsTable, []*ent.Product{&again}, byKey); err != nil {
			t.Fatal(err)
		}
		rows[2].Name, rows[2].StaleCodes = again.Name, again.StaleCodes
		check("changed")
		again.Name, again.Brand, again.StaleCodes = "ignored", "Brand", nil
		taking := bulkset.Conflict{Columns: byKey.Columns, Take: []string{product.FieldBrand}}
		if err := bulkset.Insert(ctx, client, migrate.ProductsTable, []*ent.Product{&again}, taking); err != nil {
			t.Fatal(err)
		}
		rows[2].Brand = "Brand"
		check("one column")
		if now := client.Product.GetX(others, theirs.ID); now.Name != "Theirs" || client.Product.Query().CountX(others) != 1 {
			t.Errorf("another site's product of the same key is now %v", now)
		}
	})
}

// A row cannot link to what nobody vouches for, as another site's rows.
func TestInsertLinks(t *testing.T) {
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	others, _ := storetest.Site(t, client, "b")
	theirs := client.Product.Create().SetKey("1").SetName("Theirs").SaveX(others)
	order := client.WebOrder.Create().SetKey("1").SetNumber("1").SetPlacedAt(storetest.Now()).SetCustomer(retail.Customer{}).SaveX(ctx)
	line := &ent.OrderLine{ID: pid.New("lin"), OrderID: order.ID, Key: "1", Kind: retail.LineProduct, ProductID: &theirs.ID}
	linking, known := tenancy.WithKnown(ctx)
	known.Add(order.ID)
	conflict := bulkset.Conflict{Columns: []string{orderline.FieldOrderID, orderline.FieldKey}}
	insert := func() error {
		return bulkset.Insert(linking, client, migrate.OrderLinesTable, []*ent.OrderLine{line}, conflict)
	}
	if err := insert(); !errors.Is(err, tenancy.ErrForeign) || client.OrderLine.Query().CountX(ctx) != 0 {
		t.Errorf("a line of another site's product: %v", err)
	}
	if line.ProductID = nil; insert() != nil || client.OrderLine.Query().CountX(ctx) != 1 {
		t.Error("a line without a product is refused")
	}
	if err := bulkset.Insert(ctx, client, migrate.OrderLinesTable, []*ent.OrderLine{line}, conflict); !errors.Is(err, tenancy.ErrForeign) {
		t.Errorf("a line of an order that nobody vouches for: %v", err)
	}
}
