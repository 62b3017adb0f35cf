package lightspeed

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// AccountInfo describes a merchant's account.
type AccountInfo struct {
	AccountID string
	Name      string
	Currency  string // ISO 4217 code, e.g. USD; "" from Identify, which is not told it
}

// Identify returns the account that the tokens belong to; a token has exactly one.
func (c *Client) Identify(ctx context.Context, tokens TokenSource) (AccountInfo, error) {
	var info AccountInfo
	rq := call{
		method: http.MethodGet,
		path:   "/API/V3/Account.json",
		tokens: tokens,
		pacer:  newPacer(c.clock), // whose account it is, is the question
	}
	rq.accept = func(_ http.Header, body []byte) error {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(body, &object); err != nil {
			return malformed("account: %v", err)
		}
		rows, err := decodeRows[accountWire](object["Account"])
		if err != nil {
			return malformed("account: %v", err)
		}
		if len(rows) != 1 {
			return malformed("%d accounts for one token", len(rows))
		}
		info = AccountInfo{AccountID: rows[0].AccountID.text, Name: rows[0].Name.text}
		if _, err := strconv.ParseUint(info.AccountID, 10, 64); err != nil {
			return malformed("account without an id")
		}
		return nil
	}
	if err := c.do(ctx, rq); err != nil {
		return AccountInfo{}, fmt.Errorf("identify account: %w", err)
	}
	return info, nil
}

type accountWire struct {
	AccountID scalar `json:"accountID"`
	Name      scalar `json:"name"`
}

// Info returns the name and the currency of the account.
func (a *Account) Info(ctx context.Context) (AccountInfo, error) {
	path, err := a.path(".json")
	if err != nil {
		return AccountInfo{}, fmt.Errorf("read account: %w", err)
	}
	info := AccountInfo{AccountID: a.id}
	rq := a.call(http.MethodGet, path, "")
	rq.accept = func(_ http.Header, body []byte) error {
		// Unlike every other resource, a single account comes without a wrapper.
		var w struct {
			Name     scalar `json:"name"`
			Currency struct {
				Code scalar `json:"code"`
			} `json:"defaultCurrency"`
		}
		if err := json.Unmarshal(body, &w); err != nil {
			return malformed("account: %v", err)
		}
		if !w.Name.present {
			return malformed("account without a name")
		}
		info.Name, info.Currency = w.Name.text, w.Currency.Code.text
		return nil
	}
	if err := a.client.do(ctx, rq); err != nil {
		return AccountInfo{}, fmt.Errorf("read account: %w", err)
	}
	return info, nil
}

// Session says as whom the tokens act.
type Session struct {
	AccountID           string // systemCustomerID
	EmployeeID          int64
	FirstName, LastName string
	Rights              map[string]bool // by the vendor's names, e.g. admin, register, product_cost; absent = not granted
}

// Name is the employee's full name.
func (s Session) Name() string { return strings.TrimSpace(s.FirstName + " " + s.LastName) }

// Session returns the employee whom the tokens act for, and his rights.
func (a *Account) Session(ctx context.Context) (Session, error) {
	var s Session
	rq := a.call(http.MethodGet, "/API/V3/Session.json", "")
	rq.accept = func(_ http.Header, body []byte) error {
		var w struct {
			AccountID  scalar `json:"systemCustomerID"`
			EmployeeID scalar `json:"employeeID"`
			Employee   struct {
				FirstName scalar `json:"firstName"`
				LastName  scalar `json:"lastName"`
			} `json:"Employee"`
			Rights json.RawMessage `json:"Rights"`
		}
		if err := json.Unmarshal(body, &w); err != nil {
			return malformed("session: %v", err)
		}
		var r reader
		s = Session{
			AccountID:  r.text("systemCustomerID", w.AccountID.optional()),
			EmployeeID: r.primaryID("employeeID", w.EmployeeID),
			FirstName:  r.text("firstName", w.Employee.FirstName.optional()),
			LastName:   r.text("lastName", w.Employee.LastName.optional()),
			Rights:     map[string]bool{},
		}
		if len(w.Rights) > 0 && !isEmpty(w.Rights) {
			var rights map[string]scalar
			if err := json.Unmarshal(w.Rights, &rights); err != nil {
				return malformed("session rights: %v", err)
			}
			for name, v := range rights {
				s.Rights[name] = r.boolean(name, v)
			}
		}
		if r.err != nil {
			return malformed("session: %v", r.err)
		}
		return nil
	}
	if err := a.client.do(ctx, rq); err != nil {
		return Session{}, fmt.Errorf("read session: %w", err)
	}
	return s, nil
}
