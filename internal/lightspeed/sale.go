package lightspeed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Sale is a sale in Lightspeed. One that is neither Completed nor Archived is open: it moves no stock, and can be completed, or
// archived by [Account.ArchiveSale].
type Sale struct {
	SaleID                int64
	TicketNumber          string // as printed on the receipt
	ReferenceNumber       string // set by the system that made the sale; it need not be unique
	ReferenceNumberSource string // that system
	Completed             bool
	Archived              bool
	Voided                bool            // taken back after it was completed
	CustomerID            int64           // 0 = none
	Tax1, Tax2            decimal.Decimal // each rounded to cents
	Total                 decimal.Decimal // with taxes
	Paid                  decimal.Decimal // of all payments that are not archived
	Balance               decimal.Decimal // Total less Paid
	CompleteTime          time.Time       // zero while open
	Lines                 []SaleLine
	Payments              []SalePayment
}

// Open reports whether the sale can still be completed.
func (s Sale) Open() bool { return !s.Completed && !s.Archived }

// SaleLine is one line of a sale.
type SaleLine struct {
	SaleLineID       int64
	SaleID           int64 // 0 when the line came within its sale and did not repeat the sale's id
	ItemID           int64 // 0 = a miscellaneous charge
	UnitQuantity     int64 // negative = taken back
	UnitPrice        decimal.Decimal
	Tax1, Tax2       decimal.Decimal // not rounded
	Total            decimal.Decimal // with taxes, not rounded
	ParentSaleLineID int64           // the line that this one takes back, 0 = none
}

// SalePayment is one payment of a sale.
type SalePayment struct {
	SalePaymentID   int64
	PaymentTypeID   int64
	Amount          decimal.Decimal // negative = paid back
	RemoteReference string          // set by the system that made the payment
	Archived        bool            // taken back: it does not count
}

func saleRow(r *row) Sale {
	s := Sale{
		SaleID:                r.primaryID("saleID"),
		TicketNumber:          r.optText("ticketNumber"),
		ReferenceNumber:       r.text("referenceNumber"),
		ReferenceNumberSource: r.text("referenceNumberSource"),
		Completed:             r.boolean("completed"),
		Archived:              r.boolean("archived"),
		Voided:                r.boolean("voided"),
		CustomerID:            r.optID("customerID"),
		Tax1:                  r.optSum("calcTax1"),
		Tax2:                  r.optSum("calcTax2"),
		Total:                 r.sum("calcTotal"),
		Paid:                  r.sum("calcPayments"),
		Balance:               r.sum("balance"),
		CompleteTime:          r.optTime("completeTime"),
	}
	s.Lines, _ = nested(r, "SaleLines", "SaleLine", saleLineRow)
	s.Payments, _ = nested(r, "SalePayments", "SalePayment", salePaymentRow)
	return s
}

func saleLineRow(r *row) SaleLine {
	return SaleLine{
		SaleLineID:       r.primaryID("saleLineID"),
		SaleID:           r.optID("saleID"),
		ItemID:           r.foreignID("itemID"),
		UnitQuantity:     r.units("unitQuantity"),
		UnitPrice:        r.sum("unitPrice"),
		Tax1:             r.optSum("calcTax1"),
		Tax2:             r.optSum("calcTax2"),
		Total:            r.sum("calcTotal"),
		ParentSaleLineID: r.optID("parentSaleLineID"),
	}
}

// refundRow reads a line on its own, which must say of which sale it is and which line it takes back.
func refundRow(r *row) SaleLine {
	l := saleLineRow(r)
	l.SaleID, l.ParentSaleLineID = r.foreignID("saleID"), r.foreignID("parentSaleLineID")
	return l
}

func salePaymentRow(r *row) SalePayment {
	return SalePayment{
		SalePaymentID:   r.primaryID("salePaymentID"),
		PaymentTypeID:   r.foreignID("paymentTypeID"),
		Amount:          r.sum("amount"),
		RemoteReference: r.optText("remoteReference"),
		Archived:        r.flag("archived"),
	}
}

// saleRelations are the relations that sales are read with.
const saleRelations = `["SaleLines","SalePayments"]`

// Sale reads one sale with its lines and payments. One that does not exist is [ErrNotFound].
func (a *Account) Sale(ctx context.Context, saleID int64) (Sale, error) {
	rq := call{method: http.MethodGet, path: salePath(saleID), query: relations(saleRelations)}
	s, err := send(ctx, a, rq, "Sale", nil, saleRow)
	if err != nil {
		return Sale{}, fmt.Errorf("read sale %d: %w", saleID, err)
	}
	return s, nil
}

// SalesByReference reads every sale with this reference number, archived and open ones included, by id. Other systems may use
// the same number: compare the source. A search may miss what was written just before.
func (a *Account) SalesByReference(ctx context.Context, referenceNumber string) ([]Sale, error) {
	if err := searchable(referenceNumber); err != nil {
		return nil, fmt.Errorf("find sales by reference number: %w", err)
	}
	found, err := readAll(ctx, a, "Sale", map[string]string{"archived": "true", "load_relations": saleRelations,
		"referenceNumber": referenceNumber}, saleRow)
	if err != nil {
		return nil, fmt.Errorf("find sales by reference number: %w", err)
	}
	// Lightspeed compares without regard to case.
	wanted := strings.TrimSpace(referenceNumber)
	return slices.DeleteFunc(found, func(s Sale) bool { return strings.TrimSpace(s.ReferenceNumber) != wanted }), nil
}

// SalesByID reads the sales with these ids, archived and voided ones included, by id. One that does not exist is left out.
func (a *Account) SalesByID(ctx context.Context, saleIDs []int64) ([]Sale, error) {
	var sales []Sale
	for ids := range slices.Chunk(saleIDs, maxFilterIDs) {
		found, err := readAll(ctx, a, "Sale", map[string]string{"archived": "true", "load_relations": saleRelations, "saleID": oneOf(ids)}, saleRow)
		if err != nil {
			return nil, fmt.Errorf("read %d sales: %w", len(ids), err)
		}
		sales = append(sales, found...)
	}
	slices.SortFunc(sales, func(x, y Sale) int { return cmp.Compare(x.SaleID, y.SaleID) })
	return sales, nil
}

// RefundsOf reads the lines of other sales that take back units of these lines, as a refund at a register does. Their
// sales may be open, archived or voided: read those by their SaleID.
func (a *Account) RefundsOf(ctx context.Context, saleLineIDs []int64) ([]SaleLine, error) {
	var lines []SaleLine
	for ids := range slices.Chunk(saleLineIDs, maxFilterIDs) {
		found, err := readAll(ctx, a, "SaleLine", map[string]string{"parentSaleLineID": oneOf(ids)}, refundRow)
		if err != nil {
			return nil, fmt.Errorf("read the refunds of %d sale lines: %w", len(ids), err)
		}
		lines = append(lines, found...)
	}
	return lines, nil
}

// filterOperators begin a filter that is more than a plain text, with a comma after them.
var filterOperators = []string{"=", "<", ">", "<=", ">=", "><", "!=", "~", "!~", "IN"}

// FilterOf returns the beginning of a text that Lightspeed would take for a filter's operator, such as "IN,"; empty = there is
// none. A search for such a text would find nothing, or something else.
func FilterOf(text string) string {
	before, _, comma := strings.Cut(text, ",")
	if !comma || !slices.Contains(filterOperators, strings.ToUpper(strings.TrimSpace(before))) {
		return ""
	}
	return before + ","
}

// searchable is an error for a text that a filter would not take as it is.
func searchable(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("the text to look for is empty")
	}
	if filter := FilterOf(text); filter != "" {
		return fmt.Errorf("the text to look for begins with the filter %q", filter)
	}
	return nil
}

// OpenSales reads the open sales that changed at this time or later, in the order of their last change, page by page.
func (a *Account) OpenSales(since time.Time) *Pager[Sale] {
	p := map[string]string{"completed": "false", "archived": "false", "load_relations": saleRelations}
	err := selection(p, nil, since, 0)
	return newPager(a, "Sale", query(p), "", saleRow).failing(err)
}

func salePath(saleID int64) string { return "/Sale/" + id(saleID) + ".json" }
