package bulkset_test

import (
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/positem"
	"possync/internal/database"
	"possync/internal/records/bulkset"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// Each row gets its own values in the columns that are named, and in no others; rows and links of other sites are not reached.
func TestUpdate(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		others, _ := storetest.Site(t, client, "b")
		now := storetest.Now()
		mine := client.Product.Create().SetKey("1").SetName("Mine").SaveX(ctx)
		theirs := client.Product.Create().SetKey("1").SetName("Theirs").SaveX(others)
		var rows []*ent.PosItem
		for id := range int64(4) {
			rows = append(rows, client.PosItem.Create().SetLightspeedID(id).SetDescription("as before").SetLostAt(now).SaveX(ctx))
		}
		foreign := client.PosItem.Create().SetLightspeedID(9).SetDescription("theirs").SaveX(others)
		lost := now.Add(time.Hour)
		changes := []*ent.PosItem{
			{ID: rows[0].ID, ProductID: &mine.ID, CandidateIds: []string{`"`, `\`, "é,{}"}, ReasonBits: -1, Displayed: true, LostAt: &lost},
			{ID: rows[1].ID, ProductID: &theirs.ID, ReasonBits: 1 << 40},
			{ID: rows[2].ID, Displayed: true, Description: "not named"},
			{ID: foreign.ID, Displayed: true},
		}
		columns := []string{positem.FieldProductID, positem.FieldCandidateIds, positem.FieldReasonBits, positem.FieldDisplayed, positem.FieldLostAt}
		if err := bulkset.Update(ctx, client, migrate.PosItemsTable, changes, columns...); err != nil {
			t.Fatal(err)
		}
		stored := client.PosItem.Query().Order(ent.Asc(positem.FieldLightspeedID)).AllX(ctx)
		first, second, third, untouched := stored[0], stored[1], stored[2], stored[3]
		if first.ProductID == nil || *first.ProductID != mine.ID || len(first.CandidateIds) != 3 || first.CandidateIds[2] != "é,{}" ||
			first.ReasonBits != -1 || !first.Displayed || first.LostAt == nil || !first.LostAt.Equal(lost) || first.Description != "as before" {
			t.Errorf("the first is %v", first)
		}
		if second.ProductID != nil || second.ReasonBits != retail.ReasonBits(1<<40) || second.LostAt != nil || second.Displayed {
			t.Errorf("the second, with another site's product, is %v", second)
		}
		if !third.Displayed || third.Description != "as before" || untouched.Displayed || untouched.LostAt == nil {
			t.Errorf("the others are %v and %v", third, untouched)
		}
		if client.PosItem.GetX(others, foreign.ID).Displayed {
			t.Error("another site's row was changed")
		}
		if err := bulkset.Update(ctx, client, migrate.PosItemsTable, changes, "none"); err == nil {
			t.Error("a column that is none was accepted")
		}
	})
}
