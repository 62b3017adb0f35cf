package graphtest

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/records/orderbook"
	"possync/internal/records/orderbook/orderbooktest"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// SetUpExports completes the set-up and switches the export on: the website has a bell, which is linked, and a cable, which is
// not; its main location is the shop with the two registers.
func (s *Retailer) SetUpExports() {
	s.T.Helper()
	s.AddLink()
	s.Shop = *orderbooktest.Fill(s.T, s.Ctx, s.Client)
	s.UpdateExportSettings(map[string]any{"enabled": true, "employeeId": s.Employee.ID, "registerId": s.Front.ID})
}

// ExportSettings selects all of the export settings.
const ExportSettings = `exportSettings { revision enabled employee { id } register { id } registerRoutes { location { key } register { name } }
	statusAfter { name } whenFulfilled unlinkedLines taxHandling issues { code message advice } }`

// UpdateExportSettings is the mutation of the export settings, with what of its payload is asked for.
func UpdateExportSettings(with string) string {
	return `mutation($in: UpdateExportSettingsInput!) { updateExportSettings(input: $in) { ` + with + ` userErrors { code field message } } }`
}

// UpdateExportSettings changes the export settings, which must succeed, and returns them.
func (s *Retailer) UpdateExportSettings(in map[string]any) any {
	s.T.Helper()
	payload := At(s.T, s.Staff.Tree(UpdateExportSettings(ExportSettings), map[string]any{"in": in}), "updateExportSettings")
	if errors := At(s.T, payload, "userErrors").([]any); len(errors) > 0 {
		s.T.Fatalf("settings %v: %v", in, errors)
	}
	return At(s.T, payload, "exportSettings")
}

// SendExport plays the job up to where Lightspeed may be making the sale, and returns the plan that was sent.
func (s *Retailer) SendExport(orderID string) retail.SalePlan {
	s.T.Helper()
	var sent retail.SalePlan
	s.inExport(orderID, func(ctx context.Context, tx *ent.Client, export *ent.OrderExport, plan retail.SalePlan, _ orderbook.Settings) error {
		sent = plan
		_, err := orderbook.Move(ctx, tx, export, s.API.Clock.Now(), func(u *ent.OrderExportUpdateOne) {
			u.SetState(retail.ExportSending).SetSent(true).SetPlan(plan).AddAttempts(1)
		})
		return err
	})
	return sent
}

// CompleteExport plays the job that makes the sale of an order, as far as the database sees it.
func (s *Retailer) CompleteExport(orderID string) {
	s.T.Helper()
	now := s.API.Clock.Now()
	s.inExport(orderID, func(ctx context.Context, tx *ent.Client, export *ent.OrderExport, plan retail.SalePlan, settings orderbook.Settings) error {
		export, err := orderbook.Move(ctx, tx, export, now, func(u *ent.OrderExportUpdateOne) {
			u.SetState(retail.ExportSending).SetSent(true).SetSaleID(277).SetPlan(plan)
		})
		if err != nil {
			return err
		}
		_, err = orderbook.Exported(ctx, tx, settings, orderbook.Sale{Export: export, ID: export.SaleID, TicketNumber: "220000000277", Total: plan.Total, CompletedAt: now}, now)
		return err
	})
}

// inExport runs fn in a transaction with the export of an order, which must be ready, and the plan of its sale.
func (s *Retailer) inExport(orderID string, fn func(context.Context, *ent.Client, *ent.OrderExport, retail.SalePlan, orderbook.Settings) error) {
	s.T.Helper()
	err := store.InTx(s.Ctx, s.Client, s.API.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		settings, err := orderbook.LoadSettings(ctx, tx)
		if err != nil {
			return err
		}
		loaded, err := orderbook.Load(ctx, tx, settings, orderID)
		if err != nil {
			return err
		}
		plan, blockers, err := settings.Ready(loaded[0])
		if err != nil || len(blockers) > 0 {
			return fmt.Errorf("blockers %v: %w", blockers, err)
		}
		export, err := tx.OrderExport.Query().Where(orderexport.OrderID(orderID)).Only(ctx)
		if err != nil {
			return err
		}
		return fn(ctx, tx, export, plan, settings)
	})
	if err != nil {
		s.T.Fatal(err)
	}
}
