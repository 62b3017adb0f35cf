package graph_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
)

// bulkAct is an act on many, which names them by ids or finds them by a filter.
type bulkAct struct {
	mutation string
	prepare  func(s *graphtest.Retailer)                  // brings a site to where the act changes something
	ids      func(s *graphtest.Retailer) []string         // of the site's rows that are acted on
	input    func(s *graphtest.Retailer, of []string) row // that names rows, maybe of another site
	filtered bool                                         // it can also find them by a filter
}

func naming(field string) func(*graphtest.Retailer, []string) row {
	return func(_ *graphtest.Retailer, ids []string) row { return row{field: ids} }
}

func allOrders(s *graphtest.Retailer) []string { return s.Client.WebOrder.Query().IDsX(s.Ctx) }

func reviewed(s *graphtest.Retailer) []string {
	return s.Client.PosItem.Query().Where(positem.LightspeedIDLT(10)).IDsX(s.Ctx)
}

func withDates(in row) row {
	maps.Copy(in, row{"startDate": "2026-06-01", "endDate": "2026-06-02"})
	return in
}

// sweptActs are in the order in which they are tried, on the same sites.
var sweptActs = []bulkAct{
	{"setSaleDates", nil, func(s *graphtest.Retailer) []string { return s.Products },
		func(_ *graphtest.Retailer, ids []string) row { return withDates(row{"productIds": ids}) }, true},
	{"saveSaleDates", nil, func(s *graphtest.Retailer) []string { return s.Products },
		func(_ *graphtest.Retailer, ids []string) row {
			list := []row{}
			for _, id := range ids {
				list = append(list, row{"productId": id, "startDate": "2026-07-01", "endDate": "2026-07-02"})
			}
			return row{"products": list}
		}, false},
	{"setMatchesAside", nil, reviewed, naming("posItemIds"), true},
	{"confirmMatches", func(s *graphtest.Retailer) {
		s.Client.PosItem.Update().ClearSetAsideAt().SetSetAsideBy("").ExecX(s.Ctx)
	},
		reviewed, naming("posItemIds"), true},
	{"undoConfirmMatches", func(s *graphtest.Retailer) {
		if s.Client.MatchDecision.Query().CountX(s.Ctx) == 0 {
			s.Staff.Tree("mutation($ids: [ID!]) { confirmMatches(input: {posItemIds: $ids}) { batch } }", row{"ids": reviewed(s)})
		}
	}, func(s *graphtest.Retailer) []string {
		return []string{s.Client.MatchDecision.Query().FirstX(s.Ctx).BatchID}
	}, func(_ *graphtest.Retailer, batches []string) row { return row{"batch": batches[len(batches)-1]} }, false},
	{"changeOrderStatus", nil, allOrders, func(s *graphtest.Retailer, ids []string) row {
		return row{"orderIds": ids, "statusId": statusNamed(s, "Packed")}
	}, true},
	{"recordStoreFulfillments", nil, allOrders, naming("orderIds"), true},
	{"exportOrders", nil, allOrders, naming("orderIds"), true},
	{"retryExports", func(s *graphtest.Retailer) {
		exportAll(s)
		fail(s, retail.ExportFailed, allOrders(s)...)
	}, allOrders, naming("orderIds"), true},
	{"markRefundsDone", func(s *graphtest.Retailer) {
		exportAll(s)
		for _, id := range allOrders(s) {
			if s.ExportState(id) != "EXPORTED" {
				s.Must("retryExport", row{"orderId": id})
				s.CompleteExport(id)
			}
			s.Must("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(s.T, s.Order(id), "payments.0.id"), "amount": "1"})
		}
	}, allOrders, naming("orderIds"), true},
	{"eraseCustomer", nil, allOrders, func(_ *graphtest.Retailer, ids []string) row {
		return row{"orderIds": ids, "acknowledge": []string{"ERASES_UNEXPORTED"}}
	}, false},
	{"reorderStatusTypes", nil, func(s *graphtest.Retailer) []string {
		return []string{statusNamed(s, "Boxed"), statusNamed(s, "Packed")}
	}, naming("statusIds"), false},
	{"updateReserveStock", nil, func(s *graphtest.Retailer) []string { return []string{s.Main.ID} }, func(_ *graphtest.Retailer, ids []string) row {
		list := []row{}
		for _, id := range ids {
			list = append(list, row{"locationId": id, "units": 3})
		}
		return row{"locations": list}
	}, false},
	{"setStoreMappings", nil, func(s *graphtest.Retailer) []string { return []string{s.Branch.ID} }, func(s *graphtest.Retailer, ids []string) row {
		return row{"mappings": []row{{"shopId": s.Client.Shop.Query().OnlyIDX(s.Ctx), "locationId": ids[len(ids)-1]}}, "acknowledge": []string{"EMPTIES_WEBSITE"}}
	}, false},
	{"updateExportSettings", nil, func(s *graphtest.Retailer) []string { return []string{s.Back.ID} }, func(s *graphtest.Retailer, ids []string) row {
		return row{"registerRoutes": []row{{"locationId": s.Main.ID, "registerId": ids[len(ids)-1]}}}
	}, false},
	{"startSync", nil, reviewed, naming("posItemIds"), false},
}

func exportAll(s *graphtest.Retailer) { s.Must("exportOrders", row{"orderIds": allOrders(s)}) }

// No act on many reaches another site's rows: neither by their ids, alone or among the site's own, nor by a filter that would find them
// too. That the same act changes the site's own rows shows that it does something.
func TestSweepOfActsOnMany(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		t.Parallel()
		a := graphtest.NewRetailer(t, client)
		b := a.Neighbour("b")
		for _, s := range []*graphtest.Retailer{a, b} {
			fillBulk(s)
		}
		for _, act := range sweptActs {
			act.try(t, db, a, b)
		}
		swept := map[string]bool{}
		for _, act := range sweptActs {
			swept[act.mutation] = true
		}
		s := schema()
		for _, field := range rootFields(s.Mutation) {
			if len(field.Arguments) > 0 && onMany(s, s.Types[field.Arguments[0].Type.Name()]) && !swept[field.Name] {
				t.Errorf("%s acts on many and is not swept", field.Name)
			}
		}
	})
}

// onMany reports whether an input names many rows by their ids, at any depth, or finds them by a filter.
func onMany(s *ast.Schema, input *ast.Definition) bool {
	for _, f := range input.Fields {
		def := s.Types[f.Type.Name()]
		list := f.Type.Elem != nil
		if f.Name == "where" || list && f.Type.Name() == "ID" {
			return true
		}
		if list && def.Kind == ast.InputObject {
			for _, inner := range def.Fields {
				if inner.Type.Name() == "ID" && strings.HasSuffix(inner.Name, "Id") && !strings.HasPrefix(inner.Name, "line") {
					return true
				}
			}
		}
	}
	return false
}

// fillBulk makes what the acts are on, the same at each site.
func fillBulk(s *graphtest.Retailer) {
	s.SetUpExports()
	s.AddPricedProducts(2)
	for i, id := range s.Products {
		s.Client.PosItem.Update().Where(positem.LightspeedID(int64(i + 1))).ClearProductID().SetMatchState(retail.MatchConflict).
			SetMatchReason(retail.MatchUnconfirmed).SetCandidateIds([]string{id}).ExecX(s.Ctx)
	}
	s.ListProducts()
	for _, name := range []string{"Packed", "Boxed"} {
		s.Must("addStatusType", row{"name": name})
	}
	s.Sell(graphtest.NewOrder("1"))
	s.Sell(graphtest.NewOrder("2"))
}

func (act bulkAct) try(t *testing.T, db *database.DB, a, b *graphtest.Retailer) {
	t.Helper()
	for _, s := range []*graphtest.Retailer{a, b} {
		if act.prepare != nil {
			act.prepare(s)
		}
	}
	dump := func(s *graphtest.Retailer) map[string]string { return (&tenancytest.Site{ID: s.Site.ID}).Dump(t, db) }
	before := dump(a)
	theirs, own := act.ids(a), act.ids(b)
	input := strings.ToUpper(act.mutation[:1]) + act.mutation[1:] + "Input"
	ask := func(how string, in row) string {
		answer := b.Staff.Ask(fmt.Sprintf("mutation($in: %s!) { %s(input: $in) { userErrors { code message } %s } }", input, act.mutation, act.results()), row{"in": in})
		if diff := cmp.Diff(before, dump(a)); diff != "" {
			t.Errorf("%s %s changed another site's rows (-before +after):\n%s", act.mutation, how, diff)
			before = dump(a)
		}
		if answer.Code() != "" {
			t.Errorf("%s %s: %s", act.mutation, how, answer.Body)
		}
		return answer.Body
	}
	mine := dump(b)
	if body := ask("by another's ids", act.input(b, theirs)); len(changed(mine, dump(b))) > 0 || !strings.Contains(body, "NOT_FOUND") {
		t.Errorf("%s by another's ids: %s", act.mutation, body)
	}
	if act.filtered {
		in := act.input(b, own)
		maps.DeleteFunc(in, func(field string, _ any) bool { return strings.HasSuffix(field, "Ids") })
		in["where"], in["expectedCount"] = row{}, len(own)+len(theirs)
		if act.mutation == "setSaleDates" {
			in["where"] = row{"search": "Product"}
		}
		if body := ask("by a filter, expecting both sites' rows", in); !strings.Contains(body, "COUNT_CHANGED") {
			t.Errorf("%s expecting both sites' rows: %s", act.mutation, body)
		}
		in["expectedCount"] = len(own)
		ask("by a filter", in)
	} else {
		ask("by ids", act.input(b, own))
	}
	if len(changed(mine, dump(b))) == 0 {
		t.Errorf("%s changes nothing of the site's own: nothing is shown", act.mutation)
	}
	ask("by the ids of both sites", act.input(b, append(append([]string{}, own...), theirs...)))
}

// results selects what says of each row what became of it.
func (act bulkAct) results() string {
	if schema().Types[strings.ToUpper(act.mutation[:1])+act.mutation[1:]+"Payload"].Fields.ForName("results") == nil {
		return ""
	}
	return "results { userErrors { code message } }"
}
