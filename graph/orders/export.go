package orders

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"possync/ent"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Export is the export of an order.
type Export struct {
	*ent.OrderExport
	pages lightspeed.Pages // where people see its sale and its customer
	group *group           // of its order
}

// Reason says why an export is in its state.
type Reason struct {
	Code, Message     string
	MessageParameters []message.Parameter
}

// ReasonCode returns the code, or OTHER if this version does not know it.
func (r *Reason) ReasonCode() retail.ExportReasonCode {
	return retail.Known(r.Code, retail.ExportReasonOther)
}

// ReasonOf returns the reason, or nil if there is none.
func ReasonOf(code, text string, parameters []message.Parameter) *Reason {
	if code == "" {
		return nil
	}
	return &Reason{Code: code, Message: text, MessageParameters: parameters}
}

func reasonOf(code string, said message.Message) *Reason {
	return ReasonOf(code, said.Text, said.Parameters)
}

// Reason returns why the export is in its state, or nil. One that waits because exports are paused says so, although nothing of that is
// stored with it.
func (e *Export) Reason(ctx context.Context) (*Reason, error) {
	pause, err := e.paused(ctx)
	switch {
	case err != nil:
		return nil, err
	case pause != nil:
		return reasonOf(orderbook.ReasonPaused, pause.Message()), nil
	case e.State != retail.ExportQueued || e.ReasonCode != "":
		return ReasonOf(e.ReasonCode, e.ReasonMessage, e.ReasonParameters), nil
	}
	// It waits because of what those before it have met, or cannot even be told.
	found, err := sitedata.Incident(ctx)
	if err != nil || found == nil {
		return nil, err
	}
	return reasonOf(string(found.Code), found.Message), nil
}

// paused returns the pause because of which the export waits, or nil.
func (e *Export) paused(ctx context.Context) (*orderbook.Pause, error) {
	if e.State != retail.ExportQueued || e.Sent || e.group == nil {
		return nil, nil
	}
	return e.group.pause.Get(ctx, func(ctx context.Context) (*orderbook.Pause, error) {
		return orderbook.ReadPause(ctx, unitofwork.Client(ctx))
	})
}

// RequestedBy returns who requested it, or nil.
func (e *Export) RequestedBy() *string { return orNull(e.OrderExport.RequestedBy) }

func (e *Export) exported() bool { return e.State == retail.ExportExported }

// LightspeedSaleID returns the number of the completed sale, or nil.
func (e *Export) LightspeedSaleID() *string {
	if !e.exported() || e.SaleID == 0 {
		return nil
	}
	return orNull(strconv.FormatInt(e.SaleID, 10))
}

// TicketNumber returns the number that Lightspeed prints on the completed sale, or nil.
func (e *Export) TicketNumber() *string {
	if !e.exported() {
		return nil
	}
	return orNull(e.OrderExport.TicketNumber)
}

// SaleURL returns where the completed sale is shown in Lightspeed, or nil.
func (e *Export) SaleURL() *string {
	if e.LightspeedSaleID() == nil {
		return nil
	}
	return orNull(e.pages.SaleURL(e.AccountID, e.SaleID))
}

// LightspeedCustomerID returns Lightspeed's id of the completed sale's customer, or nil.
func (e *Export) LightspeedCustomerID() *string {
	if !e.exported() || e.CustomerID == 0 {
		return nil
	}
	return orNull(strconv.FormatInt(e.CustomerID, 10))
}

// CustomerURL returns where the sale's customer is shown in Lightspeed, or nil.
func (e *Export) CustomerURL() *string {
	if e.LightspeedCustomerID() == nil {
		return nil
	}
	return orNull(e.pages.CustomerURL(e.AccountID, e.CustomerID))
}

// SaleTotal returns the total of the completed sale, or nil.
func (e *Export) SaleTotal(ctx context.Context) (*catalogue.Money, error) {
	if !e.exported() {
		return nil, nil
	}
	m, err := catalogue.MoneyOf(ctx, e.Total)
	return &m, err
}

// ofLines are the blockers whose messages name the order's lines.
var ofLines = retail.BlockerUnlinked.Bit() | retail.BlockerFractional.Bit() | retail.BlockerTotalMismatch.Bit()

// ExportBlockers returns everything that keeps the order from being exported; nothing once it is exported. What it looks at, the filter
// of the list does too, see heldBy.
func (o *Order) ExportBlockers(ctx context.Context) ([]*retail.Blocker, error) {
	list := []*retail.Blocker{}
	if o.WebOrder.ExportState == retail.ExportExported {
		return list, nil
	}
	settings, err := sitedata.Export(ctx)
	if err != nil {
		return nil, err
	}
	facts := retail.BlockerFacts{Total: o.WebOrder.Total, Captured: o.WebOrder.CapturedTotal}
	if facts.Currency, err = sitedata.Currency(ctx); err != nil {
		return nil, err
	}
	// The lines are read only for what their messages say of them, and for the store that hands them over where that matters.
	store := ""
	if retail.BlockerBits(o.BlockerBits).Under(settings.Unlinked()).Has(ofLines) || settings.RegistersDiffer() {
		loaded, err := o.loaded(ctx)
		if err != nil {
			return nil, err
		}
		store = loaded.Facts.Store()
		facts = loaded.Facts.BlockerFacts(retail.OrderState{Total: facts.Total, Captured: facts.Captured})
	}
	blockers := settings.Blockers(o.WebOrder, store, facts)
	if settings.PaymentsMayBlock() {
		loaded, err := o.loaded(ctx)
		if err != nil {
			return nil, err
		}
		blockers = append(blockers, settings.PaymentBlockers(loaded)...)
	}
	for _, b := range blockers {
		list = append(list, &b)
	}
	if o.WebOrder.ExportState == retail.ExportBlocked {
		loaded, err := o.loaded(ctx)
		if err != nil {
			return nil, err
		}
		known := func(b *retail.Blocker) bool { return string(b.Code) == loaded.Reason.Code }
		if code := retail.BlockerCode(loaded.Reason.Code); code.ByPOS() && !slices.ContainsFunc(list, known) {
			b := code.Blocker(retail.BlockerFacts{})
			b.Message = strings.TrimSuffix(loaded.Reason.Message, " "+b.Advice)
			list = append(list, &b)
		}
	}
	return list, nil
}
