package sandbox

import (
	_ "embed" // for the page
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"time"
)

// How much the front page shows of each account.
const (
	frontSales = 15
	frontItems = 25
	frontLines = 3 // of a sale
)

//go:embed front.html
var frontText string

var frontTemplate = template.Must(template.New("front").Parse(frontText))

// frontPage is what the front page shows.
type frontPage struct {
	Now      time.Time
	BaseURL  string
	Accounts []frontAccount
}

type frontAccount struct {
	ID, Name string
	Items    int
	Shops    []frontShop
	Sales    []frontSale
	Stock    []frontItem
}

type frontShop struct {
	Name          string
	Archived      bool
	Registers     []string
	Units, Orders int64 // in stock, and on order
}

type frontSale struct {
	At                                    time.Time
	ID, Ticket                            int64
	State, Reference, Source, Shop, Total string
	Lines                                 []string
	More                                  int // lines that are not shown
}

type frontItem struct {
	At          time.Time
	ID          int64
	Description string
	Archived    bool
	Shops       []StockState
	Moved       int64 // the shop whose stock moved last
}

// front is a page with the shops, the last sales, and the stock that moved last. Browsers reload it every few seconds.
func (s *Server) front(w http.ResponseWriter, r *http.Request) {
	page := frontPage{Now: s.clock.Now().UTC(), BaseURL: s.baseURL(r)}
	for _, a := range s.accounts {
		page.Accounts = append(page.Accounts, a.front())
	}
	writePage(w, frontTemplate, page)
}

func (a *Account) front() frontAccount {
	a.srv.settleDue()
	a.mu.RLock()
	defer a.mu.RUnlock()
	return frontAccount{
		ID: a.opts.ID, Name: a.opts.Name, Items: len(a.items),
		Shops: a.frontShops(), Sales: a.frontSales(), Stock: a.frontStock(),
	}
}

func (a *Account) frontShops() []frontShop {
	shops := make([]frontShop, len(a.shops))
	for i, s := range a.shops {
		shops[i] = frontShop{Name: s.name, Archived: s.archived}
	}
	for _, r := range a.registers {
		if !r.archived {
			shops[r.shop-1].Registers = append(shops[r.shop-1].Registers, r.name)
		}
	}
	for row, stock := range a.stock {
		if shop := row % a.stride(); shop > 0 {
			shops[shop-1].Units += int64(stock.qoh)
			shops[shop-1].Orders += int64(stock.backorder)
		}
	}
	return shops
}

// frontSales are the sales that changed last, the latest first.
func (a *Account) frontSales() []frontSale {
	var sales []frontSale
	for _, entry := range slices.Backward(a.sales.stamps.entries) {
		if len(sales) == frontSales {
			break
		}
		if !entry.dead {
			sales = append(sales, a.frontSale(int(entry.row)))
		}
	}
	return sales
}

func (a *Account) frontSale(row int) frontSale {
	s := a.saleState(row)
	sale := frontSale{
		At: s.TimeStamp, ID: s.ID, Ticket: ticketBase + s.ID, State: s.state(), Reference: s.Reference, Source: s.Source,
		Total: s.Total.StringFixed(2),
	}
	if s.ShopID > 0 {
		sale.Shop = a.shops[s.ShopID-1].name
	}
	for _, line := range s.Lines[:min(len(s.Lines), frontLines)] {
		sale.Lines = append(sale.Lines, fmt.Sprintf("%d × %s", line.Units, a.lineText(line)))
	}
	sale.More = len(s.Lines) - len(sale.Lines)
	return sale
}

// frontStock are the items whose stock moved last, the latest first.
func (a *Account) frontStock() []frontItem {
	var items []frontItem
	seen := map[int]bool{}
	for _, entry := range slices.Backward(a.stockStamps.entries) {
		if len(items) == frontItems {
			break
		}
		row, shop := int(entry.row)/a.stride(), int(entry.row)%a.stride()
		if entry.dead || shop == 0 || seen[row] {
			continue
		}
		seen[row] = true
		state := a.itemState(row)
		items = append(items, frontItem{
			At: time.Unix(entry.stamp, 0).UTC(), ID: state.ID, Description: state.Description, Archived: state.Archived,
			Shops: state.Stock, Moved: int64(shop),
		})
	}
	return items
}
