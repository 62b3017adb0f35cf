package lightspeed

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// AccountInfo describes a merchant's account.
type AccountInfo struct {
	AccountID string
	Name      string
	Currency  string // ISO 4217 code, e.g. USD; empty from Identify
}

// Identify returns the account of the tokens. They have exactly one.
func (c *Client) Identify(ctx context.Context, tokens TokenSource) (AccountInfo, error) {
	var info AccountInfo
	rq := call{
		method: http.MethodGet,
		path:   "/API/V3/Account.json",
		tokens: tokens,
		pacer:  newPacer(c.clock), // the account is not known yet
	}
	rq.accept = func(_ http.Header, body []byte) error {
		answer, err := parse(body)
		if err != nil {
			return malformed("account: %v", err)
		}
		content, _ := answer.get("Account")
		accounts, err := oneOrMany(content)
		if err != nil || len(accounts) != 1 {
			return malformed("not one account for the token")
		}
		var r row
		r.read(accounts[0])
		info = AccountInfo{AccountID: strconv.FormatInt(r.primaryID("accountID"), 10), Name: r.optText("name")}
		return r.whyMalformed("account")
	}
	if err := c.do(ctx, rq); err != nil {
		return AccountInfo{}, fmt.Errorf("identify account: %w", err)
	}
	return info, nil
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
		// A single account is the only resource that comes without a wrapper.
		answer, err := parse(body)
		if err != nil {
			return malformed("account: %v", err)
		}
		var r, currency row
		r.read(answer)
		code, _ := r.field("defaultCurrency")
		currency.read(code)
		info.Name, info.Currency = r.text("name"), currency.optText("code")
		return r.whyMalformed("account")
	}
	if err := a.client.do(ctx, rq); err != nil {
		return AccountInfo{}, fmt.Errorf("read account: %w", err)
	}
	return info, nil
}

// Session is the employee for whom the tokens act.
type Session struct {
	AccountID           string // systemCustomerID
	EmployeeID          int64
	FirstName, LastName string
	Rights              map[string]bool // by Lightspeed's names, e.g. admin, register, product_cost; absent = not granted
}

// Name is the employee's full name.
func (s Session) Name() string { return strings.TrimSpace(s.FirstName + " " + s.LastName) }

// Session returns the employee for whom the tokens act, with the rights that he has.
func (a *Account) Session(ctx context.Context) (Session, error) {
	var s Session
	rq := a.call(http.MethodGet, "/API/V3/Session.json", "")
	rq.accept = func(_ http.Header, body []byte) error {
		answer, err := parse(body)
		if err != nil {
			return malformed("session: %v", err)
		}
		var r, employee, rights row
		r.read(answer)
		who, _ := r.field("Employee")
		employee.read(who)
		s = Session{
			AccountID:  r.optText("systemCustomerID"),
			EmployeeID: r.primaryID("employeeID"),
			FirstName:  employee.optText("firstName"),
			LastName:   employee.optText("lastName"),
			Rights:     map[string]bool{},
		}
		granted, _ := r.field("Rights")
		if !granted.isEmpty() && !granted.isObject() {
			r.fail("Rights", granted, "an object")
		}
		rights.read(granted)
		for _, m := range rights.members {
			s.Rights[string(m.key)] = rights.boolean(string(m.key))
		}
		return cmp.Or(r.whyMalformed("session"), rights.whyMalformed("session rights"))
	}
	if err := a.client.do(ctx, rq); err != nil {
		return Session{}, fmt.Errorf("read session: %w", err)
	}
	return s, nil
}

// whyMalformed is the error of an answer that is a single object, as [ErrMalformed].
func (r *row) whyMalformed(what string) error {
	switch {
	case r.err == nil:
		return nil
	case r.id != "":
		return malformed("%s %s: %v", what, r.id, r.err)
	}
	return malformed("%s: %v", what, r.err)
}
