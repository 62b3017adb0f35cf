package matchlog_test

import (
	"slices"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/matchlog"
	"possync/internal/records/store/storetest"
)

// Few items are named, each once, the last to change last; many are not, nor is anything that changed beside them. Another site's are its own.
func TestChanged(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "one")
		other, _ := storetest.Site(t, client, "two")
		var rows []*ent.PosItemCreate
		for i := range matchlog.MaxNamed + 1 {
			rows = append(rows, client.PosItem.Create().SetLightspeedID(int64(i)).SetDescription("x"))
		}
		var ids []string
		for _, item := range client.PosItem.CreateBulk(rows...).SaveX(ctx) {
			ids = append(ids, item.ID)
		}
		slices.Sort(ids)
		mark := func(ids ...string) int {
			t.Helper()
			if err := matchlog.Mark(ctx, client, ids); err != nil {
				t.Fatal(err)
			}
			n, err := matchlog.Sequence(ctx, client)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		expect := func(what string, after, upTo int, all bool, want ...string) {
			t.Helper()
			if got, lists, err := matchlog.Changed(ctx, client, after, upTo); err != nil || lists != all || !slices.Equal(got, want) {
				t.Errorf("%s: %v, all %t, error %v; want %v, all %t", what, got, lists, err, want, all)
			}
		}
		if n := mark(); n != 0 {
			t.Errorf("nothing has the number %d", n)
		}
		first := mark(ids[1], ids[2], ids[1])
		second := mark(ids[1], ids[0])
		expect("both changes", 0, second, false, ids[2], ids[0], ids[1])
		expect("the second", first, second, false, ids[0], ids[1])
		expect("none", second, second, false)
		many := mark(ids...)
		last := mark(ids[3])
		expect("with many", first, last, true)
		expect("before many", first, many-1, false, ids[0], ids[1])
		expect("after many", many, last, false, ids[3])
		mark(ids[:matchlog.MaxNamed]...)
		expect("as many as are named", last, last+1, false, ids[:matchlog.MaxNamed]...)
		mark(ids[matchlog.MaxNamed])
		expect("more in two changes", last, last+2, true)
		if n, err := matchlog.Sequence(other, client); n != 0 || err != nil {
			t.Errorf("the other site has the number %d, error %v", n, err)
		}
	})
}
