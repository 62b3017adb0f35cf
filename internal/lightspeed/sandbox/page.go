package sandbox

import (
	"bytes"
	_ "embed" // for the pages
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// The paths of the pages on which people see a record: {id} is its number and {account} the account's.
const (
	ItemPath     = "/item/{account}/{id}"
	SalePath     = "/sale/{account}/{id}"
	CustomerPath = "/customer/{account}/{id}"
)

//go:embed item.html
var itemText string

//go:embed sale.html
var saleText string

//go:embed customer.html
var customerText string

var (
	itemTemplate     = template.Must(template.New("item").Parse(itemText))
	saleTemplate     = template.Must(template.New("sale").Parse(saleText))
	customerTemplate = template.Must(template.New("customer").Parse(customerText))
)

// salePage is what the page of a sale shows.
type salePage struct {
	SaleState
	Account                   accountName
	Ticket                    int64
	State                     string
	Shop, Register, Employee  string
	CustomerName              string
	Tax                       string
	Rows                      []saleRow
	Money                     []paymentRow
	RefundOf, Refunds         []saleLink // sales whose lines it takes back, and sales that take back lines of it
	Created, Changed, Settled string
}

type accountName struct{ ID, Name string }

type saleRow struct {
	SaleLineState
	Text  string
	Total decimal.Decimal // without tax
}

type paymentRow struct {
	SalePaymentState
	Type string
}

// saleLink leads to another sale.
type saleLink struct{ ID, Ticket int64 }

// customerPage is what the page of a customer shows.
type customerPage struct {
	Account  accountName
	ID       int64
	Name     string
	Company  string
	Archived bool
	Phones   []reachable
	Emails   []reachable
	Address  []string
	Sales    []frontSale
}

// itemPage is what the page of an item shows.
type itemPage struct {
	ItemState
	Account accountName
	Levels  []levelPrice
	Stock   []shopUnits
}

type levelPrice struct{ Level, Price string }

type shopUnits struct {
	Shop            string
	OnHand, OnOrder int
}

// page answers requests for a page for people, and reports whether this is one.
func (s *Server) page(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if r.URL.Path == "/" {
		s.front(w, r)
		return true
	}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) != 3 || parts[0] != "item" && parts[0] != "sale" && parts[0] != "customer" {
		return false
	}
	id, err := strconv.ParseInt(parts[2], 10, 64)
	a := s.Account(parts[1])
	if err != nil || a == nil || parts[1] == "" {
		http.Error(w, "There is no such page.", http.StatusNotFound)
		return true
	}
	s.settleDue()
	a.mu.RLock()
	defer a.mu.RUnlock()
	if parts[0] == "sale" {
		row, err := a.locateSale(id)
		if err != nil {
			http.Error(w, "There is no such sale.", http.StatusNotFound)
			return true
		}
		writePage(w, saleTemplate, a.salePage(row))
		return true
	}
	if parts[0] == "item" {
		if id < 1 || id > int64(len(a.items)) {
			http.Error(w, "There is no such item.", http.StatusNotFound)
			return true
		}
		writePage(w, itemTemplate, a.itemPage(int(id-1)))
		return true
	}
	if id < 1 || id > int64(len(a.customers.list)) {
		http.Error(w, "There is no such customer.", http.StatusNotFound)
		return true
	}
	writePage(w, customerTemplate, a.customerPage(int(id-1)))
	return true
}

// writePage sends a page that loads nothing else.
func writePage(w http.ResponseWriter, t *template.Template, content any) {
	var body bytes.Buffer
	if err := t.Execute(&body, content); err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body.Bytes()) // an error means that the browser has gone
}

// state is a word for what has become of a sale.
func (s SaleState) state() string {
	switch {
	case s.Voided:
		return "voided"
	case s.Completed:
		return "completed"
	case s.Archived:
		return "archived"
	}
	return "open"
}

// lineText is what a line sells: an item's description, or the note of a miscellaneous charge.
func (a *Account) lineText(l SaleLineState) string {
	if l.ItemID > 0 {
		return a.items[l.ItemID-1].description
	}
	return l.Note
}

func (a *Account) itemPage(row int) itemPage {
	p := itemPage{ItemState: a.itemState(row), Account: accountName{a.opts.ID, a.opts.Name}}
	for i, price := range p.Prices {
		p.Levels = append(p.Levels, levelPrice{a.levels[i].name, price.StringFixed(2)})
	}
	for i, shop := range a.shops {
		s := a.stockState(a.stockRowOf(row, i+1))
		p.Stock = append(p.Stock, shopUnits{shop.name, s.QOH, s.Backorder})
	}
	return p
}

func (a *Account) salePage(row int) salePage {
	s := a.saleState(row)
	p := salePage{
		SaleState: s, Account: accountName{a.opts.ID, a.opts.Name}, Ticket: ticketBase + s.ID, State: s.state(),
		Created: moment(s.CreateTime), Changed: moment(s.TimeStamp), Settled: moment(s.CompleteTime), Tax: "no tax",
	}
	if s.ShopID > 0 {
		p.Shop = a.shops[s.ShopID-1].name
	}
	if s.RegisterID > 0 {
		p.Register = a.registers[s.RegisterID-1].name
	}
	if s.EmployeeID > 0 {
		p.Employee = a.employees[s.EmployeeID-1].first + " " + a.employees[s.EmployeeID-1].last
	}
	if s.CustomerID > 0 {
		p.CustomerName = a.customers.list[s.CustomerID-1].name()
	}
	if c, ok := a.tax.category(s.TaxCategoryID); ok {
		p.Tax = strings.TrimSuffix(c.name1+" and "+c.name2, " and ")
	}
	for _, l := range s.Lines {
		p.Rows = append(p.Rows, saleRow{SaleLineState: l, Text: a.lineText(l), Total: l.Price.Mul(decimal.NewFromInt(l.Units))})
		if l.ParentID > 0 {
			p.RefundOf = withLink(p.RefundOf, a.sales.lines[l.ParentID-1].sale)
		}
		for i := range a.sales.lines {
			if a.sales.lines[i].parent == l.ID {
				p.Refunds = withLink(p.Refunds, a.sales.lines[i].sale)
			}
		}
	}
	for _, pay := range s.Payments {
		kind, _ := a.payType(pay.PaymentTypeID) // payments are of types that exist
		p.Money = append(p.Money, paymentRow{pay, kind.name})
	}
	return p
}

// withLink adds a sale that is not there yet.
func withLink(list []saleLink, sale int64) []saleLink {
	for _, l := range list {
		if l.ID == sale {
			return list
		}
	}
	return append(list, saleLink{sale, ticketBase + sale})
}

// moment writes a time; empty for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04:05")
}

// name is what a customer is called.
func (c *customer) name() string {
	if name := strings.TrimSpace(c.first + " " + c.last); name != "" {
		return name
	}
	return c.company
}

func (a *Account) customerPage(row int) customerPage {
	c := &a.customers.list[row]
	p := customerPage{
		Account: accountName{a.opts.ID, a.opts.Name}, ID: int64(row) + 1, Name: c.name(), Company: c.company, Archived: c.archived,
		Phones: c.contact.phones, Emails: c.contact.emails,
	}
	if at := c.contact.address; at != nil {
		for _, line := range []string{at.line1, at.line2, strings.TrimSpace(at.city + " " + at.state + " " + at.zip), at.country} {
			if line != "" {
				p.Address = append(p.Address, line)
			}
		}
	}
	for sale := range a.sales.list {
		if a.sales.list[sale].customer == p.ID {
			p.Sales = append(p.Sales, a.frontSale(sale))
		}
	}
	return p
}
