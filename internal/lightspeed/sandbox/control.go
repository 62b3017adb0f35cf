package sandbox

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// command is the body of a state change. Each uses the fields that its Go method needs.
type command struct {
	Account   string          `json:"account,omitempty"` // default: the first account
	ItemID    int64           `json:"itemID,omitempty"`
	ShopID    int             `json:"shopID,omitempty"`
	Units     int             `json:"units,omitempty"`
	QOH       int             `json:"qoh,omitempty"`
	Point     int             `json:"reorderPoint,omitempty"`
	Level     int             `json:"reorderLevel,omitempty"`
	LevelID   int64           `json:"priceLevelID,omitempty"`
	Amount    decimal.Decimal `json:"amount,omitzero"`
	Name      string          `json:"name,omitempty"`
	ID        int             `json:"id,omitempty"` // of the shop, register, price level, payment type, customer or employee
	Undo      bool            `json:"undo,omitempty"`
	Registers int             `json:"registers,omitempty"`
	Rate      float64         `json:"rate,omitempty"`
	Drips     float64         `json:"drips,omitempty"`
	ClientID  string          `json:"clientID,omitempty"`
	Seconds   float64         `json:"seconds,omitempty"`
	Login     string          `json:"login,omitempty"`
	ItemEdit
	saleCommand
}

// result is the answer to a state change.
type result struct {
	OK   bool       `json:"ok"`
	ID   int64      `json:"id,omitempty"`
	Item *ItemState `json:"item,omitempty"`
}

// stateChange is what a control endpoint does. It returns the id of what it made, or 0.
type stateChange func(a *Account, c *command) (int64, error)

// only is a change that makes nothing.
func only(run func(a *Account, c *command) error) stateChange {
	return func(a *Account, c *command) (int64, error) { return 0, run(a, c) }
}

// orUndo is a change of the record with the command's id, or its opposite if the command says so.
func orUndo[ID int | int64](do, undo func(a *Account, id ID) error) stateChange {
	return only(func(a *Account, c *command) error {
		if c.Undo {
			return undo(a, ID(c.ID))
		}
		return do(a, ID(c.ID))
	})
}

// controlMux serves /sandbox/. Faults, tokens and buckets do not apply to it.
func (s *Server) controlMux() *http.ServeMux {
	mux := http.NewServeMux()
	change := func(path string, run stateChange) {
		mux.HandleFunc("POST /sandbox/"+path, func(w http.ResponseWriter, r *http.Request) {
			var c command
			if err := decodeJSON(r, &c); err != nil {
				s.control(w, r, http.StatusBadRequest, err)
				return
			}
			a := s.Account(c.Account)
			if a == nil {
				s.control(w, r, http.StatusNotFound, fmt.Errorf("account %q: %w", c.Account, ErrNoRecord))
				return
			}
			id, err := run(a, &c)
			if err != nil {
				s.control(w, r, statusOf(err), err)
				return
			}
			out := result{OK: true, ID: id}
			if c.ItemID != 0 || path == "add-item" {
				if it, err := a.Item(max(c.ItemID, id)); err == nil {
					out.Item = &it
				}
			}
			s.control(w, r, http.StatusOK, out)
		})
	}
	change("sell", only(func(a *Account, c *command) error { return a.Sell(c.ItemID, c.ShopID, c.Units) }))
	change("receive", only(func(a *Account, c *command) error { return a.Receive(c.ItemID, c.ShopID, c.Units) }))
	change("order", only(func(a *Account, c *command) error { return a.Order(c.ItemID, c.ShopID, c.Units) }))
	change("count", only(func(a *Account, c *command) error { return a.Count(c.ItemID, c.ShopID, c.QOH) }))
	change("reorder", only(func(a *Account, c *command) error {
		return a.SetReorder(c.ItemID, c.ShopID, c.Point, c.Level)
	}))
	change("reprice", only(func(a *Account, c *command) error {
		return a.Reprice(c.ItemID, max(c.LevelID, 1), c.Amount)
	}))
	change("edit", only(func(a *Account, c *command) error { return a.Edit(c.ItemID, c.ItemEdit) }))
	change("archive", only(func(a *Account, c *command) error { return a.Archive(c.ItemID) }))
	change("unarchive", only(func(a *Account, c *command) error { return a.Unarchive(c.ItemID) }))
	change("add-item", func(a *Account, c *command) (int64, error) { return a.AddItem(c.ItemEdit, c.Amount) })
	change("add-manufacturer", func(a *Account, c *command) (int64, error) { return a.AddManufacturer(c.Name) })
	change("add-category", func(a *Account, c *command) (int64, error) { return a.AddCategory(c.Name, int64(c.ID)) })
	change("add-matrix", func(a *Account, c *command) (int64, error) { return a.AddMatrix(c.Name) })
	change("add-price-level", func(a *Account, c *command) (int64, error) { return a.AddPriceLevel(c.Name) })
	change("rename-price-level", only(func(a *Account, c *command) error {
		return a.RenamePriceLevel(int64(c.ID), c.Name)
	}))
	change("archive-price-level", orUndo((*Account).ArchivePriceLevel, (*Account).UnarchivePriceLevel))
	change("archive-shop", orUndo((*Account).ArchiveShop, (*Account).UnarchiveShop))
	change("rename-shop", only(func(a *Account, c *command) error { return a.RenameShop(c.ID, c.Name) }))
	change("archive-register", orUndo((*Account).ArchiveRegister, (*Account).UnarchiveRegister))
	change("lock-employee", orUndo((*Account).LockEmployee, (*Account).UnlockEmployee))
	change("set-registers", only(func(a *Account, c *command) error {
		a.SetRegisters(c.Registers)
		return nil
	}))
	change("revoke", only(func(a *Account, _ *command) error {
		a.RevokeConnections()
		return nil
	}))
	change("expire-access", only(func(a *Account, _ *command) error {
		a.RevokeAccessTokens()
		return nil
	}))
	change("spend", only(func(a *Account, c *command) error {
		s.SpendDrips(a.opts.ID, c.ClientID, c.Drips)
		return nil
	}))
	for path, run := range saleChanges() {
		change(path, run)
	}
	change("traffic/start", only(func(a *Account, c *command) error {
		if !(c.Rate > 0) || c.Rate > 10_000 {
			return fmt.Errorf("rate %v is not between 0 and 10000 a second", c.Rate)
		}
		s.traffic.start(a, c.Rate)
		return nil
	}))
	change("traffic/stop", only(func(*Account, *command) error {
		s.traffic.stop()
		return nil
	}))
	change("clock", only(func(_ *Account, c *command) error {
		if math.Abs(c.Seconds) > maxShift {
			return fmt.Errorf("seconds %v is more than a year", c.Seconds)
		}
		s.Advance(time.Duration(c.Seconds * float64(time.Second)))
		return nil
	}))
	mux.HandleFunc("POST /sandbox/credentials", s.controlCredentials)
	mux.HandleFunc("GET /sandbox/clock", func(w http.ResponseWriter, r *http.Request) {
		s.control(w, r, http.StatusOK, map[string]any{"now": s.Now(), "trafficRate": s.traffic.running(), "late": s.Late()})
	})
	mux.HandleFunc("GET /sandbox/stats", func(w http.ResponseWriter, r *http.Request) {
		s.control(w, r, http.StatusOK, s.Stats())
	})
	mux.HandleFunc("DELETE /sandbox/stats", func(w http.ResponseWriter, r *http.Request) {
		s.ResetStats()
		s.control(w, r, http.StatusOK, result{OK: true})
	})
	mux.HandleFunc("GET /sandbox/items/{id}", s.controlItem)
	mux.HandleFunc("GET /sandbox/truth", s.controlTruth)
	mux.HandleFunc("GET /sandbox/sales", s.controlSales)
	mux.HandleFunc("GET /sandbox/sales/{id}", s.controlSale)
	mux.HandleFunc("GET /sandbox/faults", func(w http.ResponseWriter, r *http.Request) {
		s.control(w, r, http.StatusOK, s.Faults())
	})
	mux.HandleFunc("POST /sandbox/faults", s.controlAddFault)
	mux.HandleFunc("DELETE /sandbox/faults", func(w http.ResponseWriter, r *http.Request) {
		s.ClearFaults()
		s.control(w, r, http.StatusOK, result{OK: true})
	})
	mux.HandleFunc("DELETE /sandbox/faults/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil {
			s.control(w, r, http.StatusBadRequest, err)
			return
		}
		s.RemoveFault(id)
		s.control(w, r, http.StatusOK, result{OK: true})
	})
	return mux
}

func statusOf(err error) int {
	if errors.Is(err, ErrNoItem) || errors.Is(err, ErrNoShop) || errors.Is(err, ErrNoRecord) {
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}

// control answers a control endpoint with a value or an error.
func (s *Server) control(w http.ResponseWriter, r *http.Request, status int, v any) {
	if err, bad := v.(error); bad {
		v = map[string]string{"error": err.Error()}
	}
	s.send(w, r, jsonReply(status, mustJSON(v)))
}

func (s *Server) controlCredentials(w http.ResponseWriter, r *http.Request) {
	c := command{Login: LoginAdmin}
	if err := decodeJSON(r, &c); err != nil {
		s.control(w, r, http.StatusBadRequest, err)
		return
	}
	a := s.Account(c.Account)
	if a == nil {
		s.control(w, r, http.StatusNotFound, fmt.Errorf("account %q: %w", c.Account, ErrNoRecord))
		return
	}
	out, err := s.CredentialsFor(a.opts.ID, c.Login)
	if err != nil {
		s.control(w, r, http.StatusBadRequest, err)
		return
	}
	out.URL = s.baseURL(r)
	s.control(w, r, http.StatusOK, out)
}

func (s *Server) controlItem(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	a := s.Account(r.URL.Query().Get("account"))
	if err != nil || a == nil {
		s.control(w, r, http.StatusNotFound, ErrNoRecord)
		return
	}
	it, err := a.Item(id)
	if err != nil {
		s.control(w, r, http.StatusNotFound, err)
		return
	}
	s.control(w, r, http.StatusOK, it)
}

func (s *Server) controlTruth(w http.ResponseWriter, r *http.Request) {
	a := s.Account(r.URL.Query().Get("account"))
	if a == nil {
		s.control(w, r, http.StatusNotFound, ErrNoRecord)
		return
	}
	s.control(w, r, http.StatusOK, a.Truth())
}

func (s *Server) controlAddFault(w http.ResponseWriter, r *http.Request) {
	var f Fault
	if err := decodeJSON(r, &f); err != nil {
		s.control(w, r, http.StatusBadRequest, err)
		return
	}
	id, err := s.AddFault(f)
	if err != nil {
		s.control(w, r, http.StatusBadRequest, err)
		return
	}
	s.control(w, r, http.StatusOK, result{OK: true, ID: int64(id)})
}
