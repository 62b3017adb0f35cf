package export_test

import (
	"testing"

	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// The export of an order, with all that follows for the stock, costs no more statements than it did; the beginnings and ends of its
// five transactions are not among them.
func TestStatementsOfAnExport(t *testing.T) {
	ready := jobstest.Synced(sandbox.Options{Items: 60, Shops: 2, Seed: 3}, 1, "and mapped", (*jobstest.Fixture).MapAll)
	w := ready.Any(t)
	w.Account.SetRegisters(60)
	s := jobstest.TakeOrders(w, retail.TaxAsLine, 4)
	client, statements := storetest.Counting(databasetest.Reopen(t, w.DB))
	process := w.Process(client, "counted")
	work := func() int {
		placed := s.Place(1, nil)
		statements.Take()
		if err := process.WorkDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		n := statements.Take()
		if state := client.OrderExport.Query().OnlyX(s.Ctx).State; len(placed) != 1 || state != retail.ExportExported {
			t.Fatalf("the order is %s", state)
		}
		client.OrderExport.Delete().ExecX(s.Ctx)
		return n
	}
	work() // maps the methods of payment
	if n := work(); n > 97 {
		t.Errorf("%d statements", n)
	}
}
