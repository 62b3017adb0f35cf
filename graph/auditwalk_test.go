package graph_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	entalert "possync/ent/alert"
	"possync/ent/auditevent"
	"possync/ent/positem"
	"possync/graph"
	"possync/graph/auditing"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/connection"
	"possync/internal/records/orderbook"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// auditCase is a call of a mutation that changes something.
type auditCase struct {
	mutation string
	input    func(s *graphtest.Retailer) row // makes what the call needs; nil = it takes no input
	want     string                          // the entry's target and changes, with ids shortened to their kinds
}

// auditCases are calls of all mutations, each group with a site of its own, and in order.
var auditCases = map[string][]auditCase{
	"settings": {
		{"registerSite", given(row{"name": "Renamed", "currencyCode": "USD", "timeZone": "UTC"}), "; Name: Shop a → Renamed; Time zone: America/Los_Angeles → UTC"},
		{"importLocations", given(row{"locations": []row{{"key": "new", "name": "New"}}}), "; Locations added or changed:  → 1"},
		{"goLive", func(s *graphtest.Retailer) row {
			s.SetUpExports()
			s.AddPricedProducts(2)
			s.Client.Site.Update().SetLive(false).ExecX(s.Ctx)
			return nil
		}, "; Live: no → yes"},
		{"setStoreMappings", func(s *graphtest.Retailer) row {
			shop := s.Client.Shop.Create().SetLightspeedID(4).SetName("Second").SaveX(s.Ctx)
			first := s.Client.Shop.Query().FirstIDX(s.Ctx)
			return row{"mappings": []row{{"shopId": first, "locationId": s.Main.ID}, {"shopId": shop.ID, "locationId": s.Branch.ID}}}
		}, `; Location of the store "Second": none → "Branch"`},
		{"updateReserveStock", func(s *graphtest.Retailer) row {
			return row{"locations": []row{{"locationId": s.Main.ID, "units": 3}}}
		}, `; Reserve stock of the location "Main": 0 → 3`},
		{"updateImportSettings", given(row{"onHand": false}), "; Balance On Hand: on → off"},
		{"updateSyncSchedule", given(row{"intervalMinutes": 60}), "; Time from one sync to the next: 30 minutes → 60 minutes"},
		{"updatePricingSettings", func(s *graphtest.Retailer) row {
			return row{"enabled": true, "regularPriceLevelId": s.Levels[0].ID, "salePriceLevelId": s.Levels[2].ID}
		}, `; POS pricing: off → on; Regular Price Level: none → "Default"; Sale Price Level: none → "Web Sale"`},
		{"setSaleDates", func(s *graphtest.Retailer) row {
			return row{"productIds": s.Products, "startDate": "2026-06-01", "endDate": "2026-06-02"}
		}, "; First day of the sale of p-0:  → 2026-06-01; Last day of the sale of p-0:  → 2026-06-02; First day of the sale of p-1:  → 2026-06-01; Last day of the sale of p-1:  → 2026-06-02; Products:  → 2"},
		{"saveSaleDates", func(s *graphtest.Retailer) row {
			return row{"products": []row{{"productId": s.Products[0], "startDate": "2026-07-01", "endDate": "2026-07-02"}}}
		}, "; First day of the sale of p-0: 2026-06-01 → 2026-07-01; Last day of the sale of p-0: 2026-06-02 → 2026-07-02; Done:  → 1"},
		{"confirmLowerPrices", func(s *graphtest.Retailer) row {
			s.Client.SyncState.Update().SetPricesHeldSince(s.API.Clock.Now()).ExecX(s.Ctx)
			return row{"expectedCount": 0}
		}, "; Held prices: 0 → may fall"},
		{"confirmHiddenItems", func(s *graphtest.Retailer) row {
			s.Client.SyncState.Update().SetDisplayHeldSince(s.API.Clock.Now()).ExecX(s.Ctx)
			s.Client.PosItem.Update().Where(positem.LightspeedID(77)).SetDisplayed(true).SetDisplayHeld(true).ExecX(s.Ctx)
			return row{"expectedCount": 1}
		}, "; Held items: 1 → may be hidden"},
		{"updateExportSettings", func(s *graphtest.Retailer) row { return row{"registerId": s.Back.ID} }, "; Register: Front → Back"},
		{"setPaymentMethodMapping", func(s *graphtest.Retailer) row {
			paid := s.Client.PaymentType.Create().SetLightspeedID(1).SetName("Card").SaveX(s.Ctx)
			return row{"method": "Stripe", "paymentTypeId": paid.ID}
		}, "; Payment method Stripe: none → Card"},
		{"pauseExports", given(row{"reason": "New till"}), "; Exports: running → paused: New till"},
		{"resumeExports", nil, "; Exports: paused: New till → running"},
		{"updateAlertEmailSettings", given(row{"addresses": []string{"ann@a.example"}, "mode": "DAILY"}),
			"; E-mail addresses for alerts: none → ann@a.example; When alerts are sent by e-mail: at once → once a day"},
		{"sendTestEmail", given(row{"address": "ann@a.example"}), "; Address:  → ann@a.example"},
		{"revokeTokens", given(row{"tokens": []row{{"tokenId": "t-1", "expiresAt": "2026-05-03T10:00:00Z"}}}), "; Revoked token:  → t-1"},
		{"dismissAlert", func(s *graphtest.Retailer) row {
			alert := orderbook.Alert{Cause: "c", Code: "EXPORTS_FAILED", Message: message.Plain("Failed.")}
			if err := orderbook.Raise(s.Ctx, s.Client, alert, s.API.Clock.Now()); err != nil {
				s.T.Fatal(err)
			}
			return row{"alertId": s.Client.Alert.Query().Where(entalert.Cause("c")).OnlyIDX(s.Ctx), "reason": "Siobhán rang"}
		}, "alr; Alert EXPORTS_FAILED: open → dismissed"},
		{"startSync", given(row{"full": true}), "; Sync:  → queued, full"},
		{"cancelSync", func(s *graphtest.Retailer) row { return row{"syncRunId": s.Client.SyncRun.Query().OnlyIDX(s.Ctx)} }, "run; Sync: queued → cancelled"},
		{"refreshReferenceData", nil, "; Sync:  → queued, reference"},
		{"confirmSync", func(s *graphtest.Retailer) row {
			s.Client.SyncRun.Update().SetState(retail.RunCancelled).ExecX(s.Ctx)
			s.Enqueue(retail.KindDelta)
			s.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
			s.Move(func(u *ent.SyncRunUpdateOne) {
				u.SetState(retail.RunWaiting).SetWaitReason(retail.WaitConfirmation).SetDisplayedBefore(100).SetWouldHide(45)
			})
			return row{"syncRunId": s.Run.ID}
		}, "run; Sync: waiting for confirmation → confirmed: may hide 45 items"},
		{"connectLightspeed", given(row{"acknowledge": []string{"REPLACES_CONNECTION"}}), "; Attempt to connect:  → started"},
		{"completeConnection", func(s *graphtest.Retailer) row { return row{"code": holdGrant(s)} }, "; Lightspeed account: A (1), as E → Alpine Bikes (1), as Ada"},
		{"disconnectLightspeed", given(row{"acknowledge": []string{"EMPTIES_WEBSITE"}}), "; Lightspeed account: Alpine Bikes (1), as Ada → none"},
		{"deleteSite", given(row{"siteKey": "a"}), "; Site: registered → to be deleted"},
	},
	"matches": {
		{"importProducts", given(row{"products": []row{{"key": "new", "name": "New"}}}), "; Created:  → 1"},
		{"linkItem", func(s *graphtest.Retailer) row {
			s.AddPricedProducts(4)
			for i, id := range s.Products { // each waits for a review, with its product as the only candidate
				s.Client.PosItem.Update().Where(positem.LightspeedID(int64(i + 1))).ClearProductID().SetMatchState(retail.MatchConflict).
					SetMatchReason(retail.MatchUnconfirmed).SetCandidateIds([]string{id}).ExecX(s.Ctx)
			}
			return row{"posItemId": itemAt(s, 1), "productId": s.Products[0]}
		}, "itm; Decision about Product 000:  → link p-0"},
		{"unlinkItem", func(s *graphtest.Retailer) row {
			s.Client.PosItem.UpdateOneID(itemAt(s, 1)).SetProductID(s.Products[0]).SetMatchState(retail.MatchLinked).ExecX(s.Ctx)
			return row{"posItemId": itemAt(s, 1)}
		}, "itm; Decision about Product 000: link p-0 → ; Decision about Product 000:  → reject p-0"},
		{"rejectMatch", func(s *graphtest.Retailer) row { return row{"posItemId": itemAt(s, 2), "productId": s.Products[1]} }, "itm; Decision about Product 001:  → reject p-1"},
		{"withdrawDecision", func(s *graphtest.Retailer) row {
			for _, d := range s.Client.MatchDecision.Query().AllX(s.Ctx) {
				if d.ItemID == itemAt(s, 2) {
					return row{"decisionId": d.ID}
				}
			}
			return nil
		}, "dec; Decision about Product 001: reject p-1 → "},
		{"setMatchesAside", func(s *graphtest.Retailer) row { return row{"posItemIds": []string{itemAt(s, 2), itemAt(s, 3)}} }, "; Item Product 001: in the queue → left aside; Item Product 002: in the queue → left aside; Done:  → 2"},
		{"confirmMatches", func(s *graphtest.Retailer) row { return row{"posItemIds": []string{itemAt(s, 3), itemAt(s, 4)}} }, "; Decision about Product 002:  → link p-2; Decision about Product 003:  → link p-3; Done:  → 2"},
		{"undoConfirmMatches", func(s *graphtest.Retailer) row {
			for _, d := range s.Client.MatchDecision.Query().AllX(s.Ctx) {
				if d.BatchID != "" {
					return row{"batch": d.BatchID}
				}
			}
			return nil
		}, "; Decision about Product 002: link p-2 → ; Decision about Product 003: link p-3 → ; Done:  → 2"},
	},
	"orders": {
		{"importStatusTypes", func(s *graphtest.Retailer) row {
			s.SetUpExports()
			return row{"statusTypes": []row{{"key": "new", "name": "New"}}}
		}, "; Statuses added:  → 1; Statuses renamed:  → 0"},
		{"importOrders", given(row{"orders": []row{personalOrder("a")}}), "; Created:  → 1"},
		{"addStatusType", given(row{"name": "Packed"}), "; Status:  → Packed"},
		{"editStatusType", func(s *graphtest.Retailer) row { return row{"statusId": statusNamed(s, "Packed"), "name": "Boxed"} }, "sta; Name: Packed → Boxed"},
		{"reorderStatusTypes", func(s *graphtest.Retailer) row {
			return row{"statusIds": []string{statusNamed(s, "Boxed"), statusNamed(s, "New")}}
		}, "; Order of the statuses: New, Boxed → Boxed, New"},
		{"changeOrderStatus", func(s *graphtest.Retailer) row {
			return row{"orderIds": []string{orderOf(s, "a")}, "statusId": statusNamed(s, "Boxed")}
		}, "ord; Status of order N-a: none → Boxed; Done:  → 1"},
		{"addOrderLine", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "a"), "line": row{"kind": "FEE", "description": "For Quaxenstein", "unitPrice": "5"}}
		}, "ord; Added line:  → 1 of fee at 5.00 USD"},
		{"changeOrderLineQuantity", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "a"), "lineId": lineOf(s, "a", 0), "quantity": "2"}
		}, "ord; Added line:  → 2 of bell at 10.00 USD; Removed line: 1 of bell at 10.00 USD → "},
		{"exchangeOrderLine", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "a"), "lineId": lineOf(s, "a", 1), "line": row{"productId": s.Bell.ID, "unitPrice": "5"}}
		}, "ord; Added line:  → 1 of bell at 5.00 USD; Removed line: 1 of fee at 5.00 USD → "},
		{"removeOrderLine", func(s *graphtest.Retailer) row { return row{"orderId": orderOf(s, "a"), "lineId": lineOf(s, "a", 1)} }, "ord; Removed line: 1 of bell at 5.00 USD → "},
		{"captureOfflinePayment", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "a"), "amount": "4", "note": "Quaxenstein paid"}
		}, "ord; Balance due: 10.00 USD → 6.00 USD"},
		{"voidOfflinePayment", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "a"), "paymentId": paymentOf(s, "a", 1), "reason": "Quaxenstein did not pay"}
		}, "ord; Payment collected offline: 4.00 USD → voided"},
		{"recordStoreFulfillment", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "a"), "lines": []row{{"lineId": lineOf(s, "a", 0), "quantity": "1"}}}
		}, "ord; Fulfilled of line possync:lin: 0 → 1"},
		{"recordSupplierFulfillment", func(s *graphtest.Retailer) row { return row{"orderId": orderOf(s, "a")} }, "ord; Fulfilled of line possync:lin: 1 → 2"},
		{"recordStoreFulfillments", func(s *graphtest.Retailer) row {
			s.Sell(personalOrder("b"))
			return row{"orderIds": []string{orderOf(s, "b")}}
		}, "ord; Fulfilled of line 1 of order N-b: 0 → 1; Done:  → 1"},
		{"exportOrder", func(s *graphtest.Retailer) row { return row{"orderId": orderOf(s, "b")} }, "ord; Export of order N-b: none → queued"},
		{"exportOrders", func(s *graphtest.Retailer) row {
			s.Sell(personalOrder("c"))
			return row{"orderIds": []string{orderOf(s, "c")}}
		}, "ord; Export of order N-c: none → queued; Done:  → 1"},
		{"retryExport", func(s *graphtest.Retailer) row {
			fail(s, retail.ExportFailed, orderOf(s, "b"), orderOf(s, "c"))
			return row{"orderId": orderOf(s, "b")}
		}, "ord; Export of order N-b: failed → queued"},
		{"retryExports", func(s *graphtest.Retailer) row { return row{"orderIds": []string{orderOf(s, "c")}} }, "ord; Export of order N-c: failed → queued; Done:  → 1"},
		{"refundOrderPayment", func(s *graphtest.Retailer) row {
			s.CompleteExport(orderOf(s, "b"))
			s.CompleteExport(orderOf(s, "c"))
			return row{"orderId": orderOf(s, "b"), "paymentId": paymentOf(s, "b", 0), "amount": "1", "reason": "Quaxenstein complained"}
		}, "ord; Refunded of a payment: 0.00 USD → 1.00 USD"},
		{"markRefundDoneInLightspeed", func(s *graphtest.Retailer) row {
			return row{"orderId": orderOf(s, "b"), "refundId": s.Client.OrderRefund.Query().OnlyIDX(s.Ctx)}
		}, "ord; Refund of 1.00 USD in Lightspeed: to be made → done"},
		{"markRefundsDone", func(s *graphtest.Retailer) row {
			s.Must("refundOrderPayment", row{"orderId": orderOf(s, "c"), "paymentId": paymentOf(s, "c", 0), "amount": "1"})
			return row{"orderIds": []string{orderOf(s, "c")}}
		}, "ord; Refunds in Lightspeed of order N-c: to be made → done; Done:  → 1"},
		{"acknowledgeNotice", func(s *graphtest.Retailer) row {
			s.Must("addOrderLine", row{"orderId": orderOf(s, "c"), "line": row{"kind": "FEE", "description": "Fee", "unitPrice": "5"}})
			return row{"orderId": orderOf(s, "c"), "code": "EDITED_AFTER_EXPORT"}
		}, "ord; Notice EDITED_AFTER_EXPORT: open → acknowledged"},
		{"eraseCustomer", func(s *graphtest.Retailer) row {
			return row{"email": "Pia@Quaxenstein.example", "acknowledge": []string{"ERASES_UNEXPORTED"}}
		}, "; Orders whose customer was erased:  → 2"},
	},
}

// unaudited are the mutations that change nothing that is stored, and so leave no entry, each with the reason.
var unaudited = map[string]string{
	"createDownloadLink": "a link is signed and not stored",
}

// Whatever a mutation changes is in the audit log: who did it, as which role, by which request, what it was before and is after, and
// nothing of a customer. A new mutation needs a case.
func TestAuditOfEachMutation(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for group, cases := range auditCases {
		for _, c := range cases {
			if tried[c.mutation] {
				t.Errorf("%s has two cases", c.mutation)
			}
			tried[c.mutation] = true
		}
		t.Run(group, func(t *testing.T) {
			t.Parallel()
			storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
				s := graphtest.NewRetailer(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) { d.SendsEmail = true })
				for _, c := range cases {
					c.try(t, s)
				}
				verifySound(t, s.Client)
			})
		})
	}
	for _, field := range rootFields(schema().Mutation) {
		if tried[field.Name] == (unaudited[field.Name] != "") {
			t.Errorf("%s needs a case that changes something, or a reason why it leaves no entry", field.Name)
		}
	}
}

var anyID = regexp.MustCompile(`\b([a-z]{3})_[0-9a-z]{26}\b`)

func (c auditCase) try(t *testing.T, s *graphtest.Retailer) {
	t.Helper()
	field := schema().Mutation.Fields.ForName(c.mutation)
	role := allowed(field)[0]
	query, variables := fmt.Sprintf("mutation { %s { userErrors { code message field } } }", c.mutation), row(nil)
	var input row
	if c.input != nil {
		input = c.input(s)
	}
	if len(field.Arguments) > 0 {
		query = fmt.Sprintf("mutation($in: %s) { %s(input: $in) { userErrors { code message field } } }", field.Arguments[0].Type, c.mutation)
		variables = row{"in": input}
	}
	known := s.Client.AuditEvent.Query().CountX(s.Ctx)
	answer := s.API.As(t, "a", role).Ask(query, variables)
	if len(answer.Errors) > 0 || !strings.Contains(answer.Body, `"userErrors":[]`) {
		t.Errorf("%s %v: %s", c.mutation, input, answer.Body)
		return
	}
	events := s.Client.AuditEvent.Query().Order(ent.Asc(auditevent.FieldSequence)).Offset(known).AllX(s.Ctx)
	if len(events) != 1 {
		t.Errorf("%s leaves %d entries", c.mutation, len(events))
		return
	}
	e := events[0]
	if e.Action != auditing.Action(c.mutation) || e.Actor != "ann" || e.Role != string(role) || e.RequestID != answer.RequestID || !e.At.Equal(s.API.Clock.Now()) {
		t.Errorf("%s by ann as %s in %s leaves %v", c.mutation, role, answer.RequestID, e)
	}
	parts := []string{e.Target}
	for _, change := range e.Changes {
		parts = append(parts, fmt.Sprintf("%s: %s → %s", change.Field, change.Before, change.After))
	}
	if diff := cmp.Diff(c.want, anyID.ReplaceAllString(strings.Join(parts, "; "), "$1")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", c.mutation, diff)
	}
	said := *e // without what is random, and may have any letters
	said.ID, said.RequestID, said.Hash, said.Previous = "", "", nil, nil
	all, err := json.Marshal(&said)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{personal, "pia", "541 987", "ring twice", "siobh"} {
		if strings.Contains(strings.ToLower(string(all)), part) {
			t.Errorf("%s writes %q into the log: %s", c.mutation, part, all)
		}
	}
}

// given is an input that needs nothing.
func given(in row) func(*graphtest.Retailer) row {
	return func(*graphtest.Retailer) row { return in }
}

// holdGrant makes the code of a connection that was allowed, and is to be completed.
func holdGrant(s *graphtest.Retailer) string {
	s.T.Helper()
	now := s.API.Clock.Now()
	attempt, _, err := connection.Begin(s.Ctx, s.Client, graphtest.Box{}, connection.Request{UserID: "ann", Verifier: "v"}, now)
	if err != nil {
		s.T.Fatal(err)
	}
	code, err := connection.Grant{
		Pair:    lightspeed.TokenPair{AccessToken: "access", RefreshToken: "refresh", ExpiresAt: now.Add(time.Hour)},
		Account: lightspeed.AccountInfo{AccountID: "1", Name: "Alpine Bikes"}, EmployeeName: "Ada",
	}.Hold(s.Ctx, s.Client, graphtest.Box{}, attempt, now)
	if err != nil {
		s.T.Fatal(err)
	}
	return code
}

func itemAt(s *graphtest.Retailer, lightspeedID int64) string {
	return s.Client.PosItem.Query().Where(positem.LightspeedID(lightspeedID)).OnlyIDX(s.Ctx)
}

func statusNamed(s *graphtest.Retailer, name string) string {
	rows := s.Client.OrderStatus.Query().AllX(s.Ctx)
	return rows[slices.IndexFunc(rows, func(r *ent.OrderStatus) bool { return r.Name == name })].ID
}

func orderOf(s *graphtest.Retailer, key string) string {
	return graphtest.At(s.T, s.Platform.Tree("query($key: String!) { order(key: $key) { id } }", row{"key": key}), "order.id").(string)
}

// lineOf returns one of the lines that an order has now.
func lineOf(s *graphtest.Retailer, key string, i int) string {
	lines := slices.DeleteFunc(s.Order(orderOf(s, key))["lines"].([]any), func(l any) bool { return l.(row)["removed"].(bool) })
	return lines[i].(row)["id"].(string)
}

func paymentOf(s *graphtest.Retailer, key string, i int) string {
	return graphtest.At(s.T, s.Order(orderOf(s, key)), fmt.Sprintf("payments.%d.id", i)).(string)
}
