package lightspeed

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// NewSale is a sale to be made. Lightspeed calculates its taxes and totals.
type NewSale struct {
	ReferenceNumber       string // by which it can be found again
	ReferenceNumberSource string
	EmployeeID            int64
	RegisterID            int64 // of ShopID
	ShopID                int64
	CustomerID            int64  // 0 = none
	TaxCategoryID         *int64 // nil = the shop's own; 0 = no tax at all
	Lines                 []NewSaleLine
	Payments              []NewSalePayment
	InternalNote          string
	PrintedNote           string    // on the receipt
	CompleteTime          time.Time // of a completed sale; zero = now; not in the future
	// Completed completes the sale in the same step. If the payments are not the total that Lightspeed calculates, the error
	// is an [OutOfBalanceError], and the sale exists all the same, open.
	Completed bool
}

// NewSaleLine is a line to be made. UnitPrice is after discounts, and without tax unless the tax category is inclusive.
type NewSaleLine struct {
	ItemID       int64 // 0 = a miscellaneous charge
	UnitQuantity int64
	UnitPrice    decimal.Decimal
	Tax          bool
	TaxClassID   int64  // 0 = that of the item
	Note         string // what a miscellaneous charge is for
}

// Records is how many records the line is, each of which costs the same.
func (l NewSaleLine) Records() int {
	if l.Note != "" {
		return 2
	}
	return 1
}

// NewSalePayment is a payment to be made.
type NewSalePayment struct {
	PaymentTypeID   int64
	Amount          decimal.Decimal
	RemoteReference string
}

// CreateSale makes a sale and returns it with its lines, payments and totals. A second call makes a second sale, so a request
// whose outcome is not known is not repeated: its error is [ErrUnclear].
func (a *Account) CreateSale(ctx context.Context, s NewSale) (Sale, error) {
	nested := s.nested()
	rq := call{method: http.MethodPost, path: "/Sale.json", size: " " + strconv.Itoa(nested), cost: costOfSale + costOfNested*float64(nested)}
	if s.Completed {
		rq.size, rq.cost = rq.size+" completed", rq.cost+costOfEnd
	}
	made, err := send(ctx, a, rq, "Sale", s.body(), saleRow)
	if err != nil {
		return Sale{}, fmt.Errorf("create sale: %w", err)
	}
	return made, nil
}

// AppendToSale adds lines to an open sale, behind those that it has. A second call adds them again, so a request whose outcome is not
// known is not repeated: its error is [ErrUnclear], and [Account.Sale] shows what the sale has.
func (a *Account) AppendToSale(ctx context.Context, saleID int64, lines []NewSaleLine) (Sale, error) {
	n := NewSale{Lines: lines}.nested()
	rq := call{method: http.MethodPut, path: salePath(saleID), size: " " + strconv.Itoa(n), cost: costOfSale + costOfNested*float64(n)}
	s, err := send(ctx, a, rq, "Sale", saleBody{Lines: linesBody(lines)}, saleRow)
	if err != nil {
		return Sale{}, fmt.Errorf("add to sale %d: %w", saleID, err)
	}
	return s, nil
}

// RoomToAppend returns how long to wait before a sale is read and lines of so many records are added to it, as patient work, see
// [Account.Patient]; 0 = not at all.
func (a *Account) RoomToAppend(records int) time.Duration {
	return a.pacer.roomFor(costOfRead + costOfSale + costOfNested*float64(records))
}

// nested counts the records within the body, each of which costs drips.
func (s NewSale) nested() int {
	n := len(s.Payments)
	for _, l := range s.Lines {
		n += l.Records()
	}
	for _, text := range []string{s.InternalNote, s.PrintedNote} {
		if text != "" {
			n++
		}
	}
	return n
}

// CompleteSale completes an open sale that has its payments. It does no harm to a completed one.
func (a *Account) CompleteSale(ctx context.Context, saleID int64) (Sale, error) {
	rq := call{method: http.MethodPut, path: salePath(saleID), retryable: true, cost: costOfSale + costOfEnd}
	s, err := send(ctx, a, rq, "Sale", saleBody{Completed: "true"}, saleRow)
	if err != nil {
		return Sale{}, fmt.Errorf("complete sale %d: %w", saleID, err)
	}
	return s, nil
}

// CompleteSaleWithPayments adds payments to an open sale and completes it. A second call may add them again, so a request whose
// outcome is not known is not repeated: its error is [ErrUnclear]. Prefer [Account.CreateSale] with the payments and then
// [Account.CompleteSale].
func (a *Account) CompleteSaleWithPayments(ctx context.Context, saleID int64, payments []NewSalePayment) (Sale, error) {
	rq := call{method: http.MethodPut, path: salePath(saleID), size: " " + strconv.Itoa(len(payments)),
		cost: costOfSale + costOfEnd + costOfNested*float64(len(payments))}
	s, err := send(ctx, a, rq, "Sale", saleBody{Completed: "true", Payments: paymentsBody(payments)}, saleRow)
	if err != nil {
		return Sale{}, fmt.Errorf("complete sale %d with payments: %w", saleID, err)
	}
	return s, nil
}

// ArchiveSale archives an open sale; Lightspeed refuses that for a completed one. A second call does no harm.
func (a *Account) ArchiveSale(ctx context.Context, saleID int64) error {
	rq := call{method: http.MethodDelete, path: salePath(saleID), retryable: true, cost: costOfSale}
	if _, err := send(ctx, a, rq, "Sale", nil, saleRow); err != nil {
		return fmt.Errorf("archive sale %d: %w", saleID, err)
	}
	return nil
}

// saleBody is a sale in a request: every scalar is a string, as Lightspeed writes them, and unset ones are left out.
type saleBody struct {
	EmployeeID            string            `json:"employeeID,omitempty"`
	RegisterID            string            `json:"registerID,omitempty"`
	ShopID                string            `json:"shopID,omitempty"`
	CustomerID            string            `json:"customerID,omitempty"`
	TaxCategoryID         string            `json:"taxCategoryID,omitempty"`
	Completed             string            `json:"completed,omitempty"`
	CompleteTime          string            `json:"completeTime,omitempty"`
	ReferenceNumber       string            `json:"referenceNumber,omitempty"`
	ReferenceNumberSource string            `json:"referenceNumberSource,omitempty"`
	EnablePromotions      string            `json:"enablePromotions,omitempty"`
	Lines                 *saleLinesBody    `json:"SaleLines,omitempty"`
	Payments              *salePaymentsBody `json:"SalePayments,omitempty"`
	Notes                 *saleNotesBody    `json:"SaleNotes,omitempty"`
}

type saleLinesBody struct {
	Lines []saleLineBody `json:"SaleLine"`
}

type saleLineBody struct {
	ItemID       string    `json:"itemID,omitempty"`
	UnitQuantity string    `json:"unitQuantity"`
	UnitPrice    amount    `json:"unitPrice"`
	Tax          string    `json:"tax"`
	TaxClassID   string    `json:"taxClassID,omitempty"`
	Note         *noteBody `json:"Note,omitempty"`
}

type salePaymentsBody struct {
	Payments []salePaymentBody `json:"SalePayment"`
}

type salePaymentBody struct {
	Amount          amount `json:"amount"`
	PaymentTypeID   string `json:"paymentTypeID"`
	RemoteReference string `json:"remoteReference,omitempty"`
}

type saleNotesBody struct {
	Internal *noteBody `json:"InternalNote,omitempty"`
	Printed  *noteBody `json:"PrintedNote,omitempty"`
}

type noteBody struct {
	Note     string `json:"note"`
	IsPublic string `json:"isPublic,omitempty"`
}

func (s NewSale) body() saleBody {
	b := saleBody{
		EmployeeID:            id(s.EmployeeID),
		RegisterID:            id(s.RegisterID),
		ShopID:                id(s.ShopID),
		CustomerID:            id(s.CustomerID),
		Completed:             strconv.FormatBool(s.Completed),
		ReferenceNumber:       s.ReferenceNumber,
		ReferenceNumberSource: s.ReferenceNumberSource,
		EnablePromotions:      "false", // the customer has agreed to these prices
		Payments:              paymentsBody(s.Payments),
	}
	if s.TaxCategoryID != nil {
		b.TaxCategoryID = id(*s.TaxCategoryID)
	}
	if !s.CompleteTime.IsZero() {
		b.CompleteTime = s.CompleteTime.UTC().Format("2006-01-02T15:04:05-07:00")
	}
	b.Lines = linesBody(s.Lines)
	if s.InternalNote != "" || s.PrintedNote != "" {
		b.Notes = &saleNotesBody{Internal: note(s.InternalNote), Printed: note(s.PrintedNote)}
	}
	return b
}

func linesBody(lines []NewSaleLine) *saleLinesBody {
	if len(lines) == 0 {
		return nil
	}
	b := &saleLinesBody{}
	for _, l := range lines {
		line := saleLineBody{UnitQuantity: id(l.UnitQuantity), UnitPrice: amount(l.UnitPrice), Tax: strconv.FormatBool(l.Tax)}
		if l.ItemID != 0 {
			line.ItemID = id(l.ItemID)
		}
		if l.TaxClassID != 0 {
			line.TaxClassID = id(l.TaxClassID)
		}
		if l.Note != "" {
			line.Note = &noteBody{Note: l.Note, IsPublic: "true"}
		}
		b.Lines = append(b.Lines, line)
	}
	return b
}

func note(text string) *noteBody {
	if text == "" {
		return nil
	}
	return &noteBody{Note: text}
}

func paymentsBody(payments []NewSalePayment) *salePaymentsBody {
	if len(payments) == 0 {
		return nil
	}
	b := &salePaymentsBody{}
	for _, p := range payments {
		b.Payments = append(b.Payments, salePaymentBody{Amount: amount(p.Amount), PaymentTypeID: id(p.PaymentTypeID),
			RemoteReference: p.RemoteReference})
	}
	return b
}

// relations is the query that loads them.
func relations(list string) string { return url.Values{"load_relations": {list}}.Encode() }
